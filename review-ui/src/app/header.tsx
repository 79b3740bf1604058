import { LogoutOutlined } from "@ant-design/icons";
import { duties } from "@mingcha/models";
import type { PersonView, sessionSchema } from "@mingcha/models/http";
import { Button } from "antd";
import { Link, NavLink, useLocation } from "react-router";
import { useSignOut } from "../api/session.ts";
import { useText } from "../lib/use-text.ts";
import { mayOpen, pages } from "./navigation.ts";

interface HeaderProps {
  readonly bureau: ReturnType<typeof sessionSchema.parse>["bureau"];
  readonly person: PersonView;
  readonly tools: React.ReactNode;
}

export function Header({ bureau, person, tools }: HeaderProps) {
  const { t, pick, chinese } = useText();
  const { pathname } = useLocation();
  const signOut = useSignOut();
  const dutyText = person.duties.map((duty) => pick(duties[duty])).join(chinese ? "、" : ", ");
  return (
    <header className="header">
      <span className="header-bureau" title={t("app.name")}>
        <img src="/favicon.svg" alt="" />
        {pick({ zh: bureau.nameZh, en: bureau.nameEn })}
      </span>
      <nav className="header-nav" aria-label={t("nav.title")}>
        {pages
          .filter((page) => mayOpen(page.id, person.duties))
          .map((page) => (
            <NavLink
              key={page.id}
              to={page.path}
              className={({ isActive }) =>
                isActive || (page.id === "queue" && pathname.startsWith("/clues/"))
                  ? "header-link header-current"
                  : "header-link"
              }
            >
              {t(`nav.${page.id}`)}
            </NavLink>
          ))}
      </nav>
      <Link className="header-person" to="/account" title={`${t("people.ownAccount")} · ${dutyText}`}>
        <b>{person.name}</b> <span>{dutyText}</span>
      </Link>
      <span className="header-tools">
        {tools}
        <Button
          type="text"
          size="small"
          icon={<LogoutOutlined />}
          loading={signOut.isPending}
          aria-label={t("nav.signOut")}
          title={t("nav.signOut")}
          onClick={() => signOut.mutate()}
        />
      </span>
    </header>
  );
}
