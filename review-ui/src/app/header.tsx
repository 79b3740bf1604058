import { DownOutlined, LogoutOutlined } from "@ant-design/icons";
import { duties } from "@mingcha/models";
import type { PersonView, sessionSchema } from "@mingcha/models/http";
import { Button, Dropdown } from "antd";
import { Link, NavLink, useLocation } from "react-router";
import { useSignOut } from "../api/session.ts";
import { useText } from "../lib/use-text.ts";
import { navigationEntries } from "./navigation.ts";

interface HeaderProps {
  readonly bureau: ReturnType<typeof sessionSchema.parse>["bureau"];
  readonly person: PersonView;
  readonly tools: React.ReactNode;
}

const linkClass = (current: boolean) => (current ? "header-link header-current" : "header-link");
const isBelow = (pathname: string, path: string) => pathname === path || pathname.startsWith(`${path}/`);

export function Header({ bureau, person, tools }: HeaderProps) {
  const { t, pick, chinese } = useText();
  const { pathname } = useLocation();
  const signOut = useSignOut();
  const isCurrent = ({ path }: { path: string }) =>
    path === "/" ? pathname === "/" || pathname.startsWith("/clues/") : isBelow(pathname, path);
  const dutyText = person.duties.map((duty) => pick(duties[duty])).join(chinese ? "、" : ", ");
  return (
    <header className="header">
      <span className="header-bureau" title={t("app.name")}>
        <img src="/favicon.svg" alt="" />
        {pick({ zh: bureau.nameZh, en: bureau.nameEn })}
      </span>
      <nav className="header-nav" aria-label={t("nav.title")}>
        {navigationEntries(person.duties).map((entry) =>
          entry.kind === "page" ? (
            <NavLink key={entry.page.id} to={entry.page.path} className={linkClass(isCurrent(entry.page))}>
              {t(`nav.${entry.page.id}`)}
            </NavLink>
          ) : (
            <Dropdown
              key={entry.id}
              trigger={["click"]}
              menu={{
                selectedKeys: entry.pages.filter(isCurrent).map(({ id }) => id),
                items: entry.pages.map(({ id, path }) => ({
                  key: id,
                  label: <Link to={path}>{t(`nav.${id}`)}</Link>,
                })),
              }}
            >
              <button
                type="button"
                className={`header-group ${linkClass(entry.pages.some(isCurrent))}`}
                aria-haspopup="menu"
              >
                {t(`nav.group.${entry.id}`)} <DownOutlined />
              </button>
            </Dropdown>
          ),
        )}
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
