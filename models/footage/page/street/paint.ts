/** Pictures painted on 2D canvases and reused: walls with windows, shop fronts, shop signs, paving, asphalt. */
import * as THREE from "three";
import type { Random } from "../random.ts";

const shopNames = [
  "鲜果园水果店",
  "老街面馆",
  "福满楼小吃",
  "兴旺五金日杂",
  "惠民便利超市",
  "丽人服饰",
  "阿强烧烤",
  "好邻居粮油",
  "小张修车铺",
  "康宁大药房",
  "百姓菜场直销",
  "喜洋洋童装",
  "江南点心",
  "东北饺子馆",
  "同心文具店",
  "宏达房产中介",
  "美味熟食",
  "四季鲜花",
  "新时代理发",
  "阳光洗衣",
  "锦绣窗帘布艺",
  "诚信手机维修",
  "老王烟酒",
  "川味麻辣烫",
  "平安电动车行",
  "绿叶奶茶",
];
const signPaints: readonly (readonly [string, string])[] = [
  ["#b3201c", "#ffe9a8"],
  ["#f2efe6", "#b3201c"],
  ["#1d5b34", "#ffffff"],
  ["#1c3f7a", "#ffffff"],
  ["#26282b", "#f0c64a"],
  ["#e07b1a", "#ffffff"],
  ["#f4d03a", "#8e1b17"],
  ["#5b2a4a", "#f7e5ef"],
  ["#6b4a2f", "#f6ead2"],
];

export function canvasTexture(
  widthPx: number,
  heightPx: number,
  draw: (c: CanvasRenderingContext2D, w: number, h: number) => void,
): THREE.CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = widthPx;
  canvas.height = heightPx;
  const c = canvas.getContext("2d");
  if (!c) throw new Error("no 2D canvas");
  draw(c, widthPx, heightPx);
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.wrapS = THREE.RepeatWrapping;
  texture.wrapT = THREE.RepeatWrapping;
  return texture;
}

export function speckle(
  c: CanvasRenderingContext2D,
  w: number,
  h: number,
  random: Random,
  amount: number,
  count: number,
  size = 3,
): void {
  for (let i = 0; i < count; i++) {
    c.fillStyle = random.chance(0.5)
      ? `rgba(0,0,0,${amount * random.unit()})`
      : `rgba(255,255,255,${amount * random.unit()})`;
    c.fillRect(random.unit() * w, random.unit() * h, random.unit() * size, random.unit() * size);
  }
}

export function paintSign(random: Random, textAs?: string, number?: string): THREE.CanvasTexture {
  const [back, ink] = random.pick(signPaints);
  const text = textAs ?? random.pick(shopNames);
  return canvasTexture(512, 96, (c, w, h) => {
    c.fillStyle = back;
    c.fillRect(0, 0, w, h);
    c.strokeStyle = ink;
    c.globalAlpha = 0.5;
    if (random.chance(0.5)) c.strokeRect(6, 6, w - 12, h - 12);
    c.globalAlpha = 1;
    c.fillStyle = ink;
    c.textBaseline = "middle";
    c.textAlign = "center";
    c.font = `bold ${Math.min(66, 440 / text.length)}px "Noto Sans CJK SC", sans-serif`;
    c.fillText(text, w / 2 - (number ? 20 : 0), h / 2 + 2);
    if (number) {
      c.font = `24px "Noto Sans CJK SC", sans-serif`;
      c.fillText(number, w - 46, h - 24);
    }
    speckle(c, w, h, random, 0.12, 120, 6);
  });
}

/** Ground floor of a shop: frame, door opening, goods on shelves *inside* (seen through glass, must not be flagged). */
export function paintShopFront(random: Random): THREE.CanvasTexture {
  return canvasTexture(256, 192, (c, w, h) => {
    const kind = random.unit();
    c.fillStyle = random.pick(["#2b2a28", "#37322b", "#242b2e", "#3d3a33"]);
    c.fillRect(0, 0, w, h);
    if (kind < 0.15) {
      c.fillStyle = random.pick(["#a9adb0", "#8f969b", "#b9b2a4"]);
      c.fillRect(6, 6, w - 12, h - 6);
      c.fillStyle = "rgba(0,0,0,0.18)";
      for (let y = 10; y < h; y += 7) c.fillRect(6, y, w - 12, 2);
      return;
    }
    const glow = c.createLinearGradient(0, 0, 0, h);
    glow.addColorStop(0, random.pick(["#d9cfae", "#cfd8da", "#b9a98a", "#8d8677"]));
    glow.addColorStop(1, "#35302a");
    c.fillStyle = glow;
    c.fillRect(10, 14, w - 20, h - 14);
    const shelfStep = random.between(20, 27);
    for (let y = 44; y < h - 16; y += shelfStep) {
      c.fillStyle = "rgba(30,26,22,0.5)";
      c.fillRect(12, y - shelfStep + 4, w - 24, shelfStep - 4);
      c.fillStyle = "rgba(210,200,180,0.55)";
      c.fillRect(12, y, w - 24, 2);
      // wares stand in runs of one kind, as they do on a shelf
      for (let x = 14; x < w - 18; ) {
        const hue = random.whole(0, 359);
        const [sat, light, wide, high] = [
          random.whole(8, 42),
          random.whole(24, 56),
          random.between(3, 8),
          random.between(7, shelfStep - 7),
        ];
        for (let k = random.whole(2, 7); k > 0 && x < w - 18; k--, x += wide + 1) {
          c.fillStyle = `hsl(${hue} ${sat}% ${light + random.between(-5, 5)}%)`;
          c.fillRect(x, y - high, wide, high);
        }
        x += random.between(0, 5);
      }
    }
    const lamp = c.createLinearGradient(0, 14, 0, h);
    lamp.addColorStop(0, "rgba(255,240,205,0.35)");
    lamp.addColorStop(0.4, "rgba(40,34,28,0.1)");
    lamp.addColorStop(1, "rgba(20,18,16,0.62)");
    c.fillStyle = lamp;
    c.fillRect(10, 14, w - 20, h - 14);
    c.fillStyle = "rgba(20,22,24,0.55)";
    const doorX = random.between(0.2, 0.6) * w;
    c.fillRect(doorX, 30, w * 0.24, h);
    c.fillStyle = random.pick(["#6d7478", "#4a3f35", "#8c8f92", "#7b2f28"]);
    for (const x of [4, doorX - 4, doorX + w * 0.24, w - 10]) c.fillRect(x, 10, 6, h);
    c.fillRect(0, 6, w, 8);
    const glare = c.createLinearGradient(0, 0, w, h);
    glare.addColorStop(0.3, "rgba(220,232,240,0)");
    glare.addColorStop(0.45, "rgba(220,232,240,0.28)");
    glare.addColorStop(0.6, "rgba(220,232,240,0.02)");
    c.fillStyle = glare;
    c.fillRect(10, 14, w - 20, h - 14);
    if (random.chance(0.5)) {
      c.fillStyle = random.pick(["#c9302c", "#e9d9a8", "#2564ae"]);
      for (let i = 0; i < 3; i++)
        c.fillRect(
          random.between(14, w - 50),
          random.between(30, h - 70),
          random.between(14, 34),
          random.between(20, 44),
        );
    }
  });
}

/** Upper storeys, one texture tile = 4 bays × 2 storeys. */
export function paintWall(random: Random): THREE.CanvasTexture {
  return canvasTexture(512, 256, (c, w, h) => {
    c.fillStyle = random
      .pick(["#b7a58c", "#cfc7b8", "#a0665040", "#9d7461", "#c9bfae", "#8f9599", "#d8d2c4", "#a98f6f", "#b4b9ba"])
      .slice(0, 7);
    c.fillRect(0, 0, w, h);
    speckle(c, w, h, random, 0.1, 900, 8);
    const bar = random.chance(0.5);
    for (let row = 0; row < 2; row++)
      for (let i = 0; i < 4; i++) {
        const x = i * 128 + 26;
        const y = row * 128 + 26;
        c.fillStyle = "#e4e2dc";
        c.fillRect(x - 4, y - 4, 84, 80);
        c.fillStyle = random.pick(["#2b363d", "#39464c", "#222c33", "#56626a"]);
        c.fillRect(x, y, 76, 72);
        c.fillStyle = random.pick(["rgba(230,225,205,0.5)", "rgba(200,160,120,0.4)", "rgba(255,255,255,0.12)"]);
        c.fillRect(x + random.between(0, 30), y, random.between(12, 34), 72);
        c.fillStyle = "#d5d3cc";
        c.fillRect(x + 36, y, 4, 72);
        if (bar) for (let k = 0; k < 8; k++) c.fillRect(x + k * 10, y, 2, 72);
        if (random.chance(0.6)) {
          c.fillStyle = "#dcdcd6";
          c.fillRect(x + 82, y + 36, 18, 26);
          c.fillStyle = "#777";
          c.beginPath();
          c.arc(x + 91, y + 49, 7, 0, 7);
          c.fill();
        }
        if (random.chance(0.25))
          for (let k = 0; k < 4; k++) {
            c.fillStyle = `hsl(${random.whole(0, 359)} 45% 60%)`;
            c.fillRect(x + 6 + k * 17, y + 74, 12, 20);
          }
      }
    c.fillStyle = "rgba(40,34,28,0.18)";
    for (let i = 0; i < 10; i++) c.fillRect(random.unit() * w, 0, 2 + random.unit() * 5, random.unit() * h);
  });
}

export function paintPaving(random: Random): THREE.CanvasTexture {
  return canvasTexture(256, 256, (c, w, h) => {
    const base = random.pick([
      [154, 150, 142],
      [168, 158, 144],
      [140, 142, 144],
      [150, 128, 116],
    ] as const);
    const step = random.pick([32, 43, 64]);
    for (let y = 0; y < h; y += step)
      for (let x = 0; x < w; x += step) {
        const shade = random.between(-10, 10);
        c.fillStyle = `rgb(${base[0] + shade},${base[1] + shade},${base[2] + shade})`;
        c.fillRect(x, y, step, step);
        c.strokeStyle = "rgba(60,56,50,0.35)";
        c.strokeRect(x + 0.5, y + 0.5, step, step);
      }
    speckle(c, w, h, random, 0.12, 700, 5);
  });
}

export function paintAsphalt(random: Random): THREE.CanvasTexture {
  return canvasTexture(256, 256, (c, w, h) => {
    const tone = random.whole(72, 104);
    c.fillStyle = `rgb(${tone},${tone + 1},${tone + 3})`;
    c.fillRect(0, 0, w, h);
    speckle(c, w, h, random, 0.14, 4200, 2.4);
    c.fillStyle = "rgba(30,30,32,0.12)";
    for (let i = 0; i < 6; i++)
      c.fillRect(random.unit() * w, random.unit() * h, random.unit() * 60, random.unit() * 24);
  });
}
