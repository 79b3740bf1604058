import pg from "pg";

interface Counts {
  clips: number;
  done: number;
  refused: number;
  flags: number;
}

const everyMs = 2_000;

/** One line whenever the numbers of clips and flags have changed, so that a person sees the work go on. Returns its stop. */
export function watchProgress(databaseUrl: string, say: (line: string) => void): () => Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  pool.on("error", () => undefined);
  let before = "";
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    ask(pool)
      .then(({ clips, done, refused, flags }) => {
        const line = `  ${done} of ${clips} clips analysed, ${flags} flags${refused === 0 ? "" : `, ${refused} files refused`}`;
        if (clips + refused > 0 && line !== before) say(line);
        before = line;
      })
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await pool.end();
  };
}

async function ask(pool: pg.Pool): Promise<Counts> {
  const { rows } = await pool.query<Counts>(`select
    (select count(*)::int from clip) as clips, (select count(*)::int from clip where state <> 'STORED') as done,
    (select count(*)::int from intake where state = 'QUARANTINED') as refused, (select count(*)::int from flag) as flags`);
  return rows[0] ?? { clips: 0, done: 0, refused: 0, flags: 0 };
}
