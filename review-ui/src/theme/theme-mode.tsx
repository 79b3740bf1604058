import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useMedia } from "../lib/use-narrow.ts";
import type { ThemeChoice } from "./theme-config.ts";

const storageKey = "mingcha.theme";
const choices: readonly ThemeChoice[] = ["system", "light", "dark"];

interface ThemeMode {
  readonly choice: ThemeChoice;
  readonly dark: boolean;
  readonly choose: (choice: ThemeChoice) => void;
}

const ThemeModeContext = createContext<ThemeMode>({ choice: "system", dark: false, choose: () => undefined });

/** Follows the system until the person chooses; the choice is kept in this browser. */
export function ThemeModeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const systemDark = useMedia("(prefers-color-scheme: dark)");
  const dark = choice === "dark" || (choice === "system" && systemDark);

  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);

  const choose = (next: ThemeChoice) => {
    localStorage.setItem(storageKey, next);
    setChoice(next);
  };
  return <ThemeModeContext value={{ choice, dark, choose }}>{children}</ThemeModeContext>;
}

export function useThemeMode(): ThemeMode {
  return use(ThemeModeContext);
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return choices.find((item) => item === stored) ?? "system";
}
