import { Outlet, useNavigation } from "react-router";
import { useSession } from "../api/session.ts";
import { ErrorPanel, Waiting } from "../components/page.tsx";
import { FirstPasswordPage } from "../features/account/first-password-page.tsx";
import { SignInPage } from "../features/sign-in/sign-in-page.tsx";
import { LiveProvider } from "../session/live.tsx";
import { PersonProvider } from "../session/person.tsx";
import { Header } from "./header.tsx";
import { LanguageSwitch, ThemeSwitch } from "./preferences.tsx";
import { StepUpDialog } from "./step-up-dialog.tsx";
import "./shell.css";

/** The sign-in gate, the header and the page under it. */
export function Shell() {
  const session = useSession();
  const navigation = useNavigation();
  if (session.isPending) return <Waiting />;
  if (session.data === undefined) {
    return (
      <div className="page">
        <ErrorPanel error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  const { person, bureau, mustChangePassword } = session.data;
  const tools = (
    <>
      <LanguageSwitch />
      <ThemeSwitch />
    </>
  );
  if (person === null) return <SignInPage bureau={bureau} tools={tools} />;
  if (mustChangePassword) return <FirstPasswordPage person={person} tools={tools} />;
  return (
    <PersonProvider value={person}>
      <LiveProvider>
        <div className="shell">
          <Header bureau={bureau} person={person} tools={tools} />
          <div className={`shell-body ${navigation.state === "loading" ? "shell-loading" : ""}`}>
            <Outlet />
          </div>
          <StepUpDialog person={person} />
        </div>
      </LiveProvider>
    </PersonProvider>
  );
}
