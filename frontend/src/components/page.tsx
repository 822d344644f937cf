import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useEffect } from "react";
import { PartProvider } from "./table";

/** What the frame adds to the head of every page: the way to its task in the guide. */
const Help = createContext<ReactNode>(null);
export const HelpProvider = Help.Provider;

interface PageHeadProps {
  title: string;
  /** Where this page belongs, above its title. */
  crumbs?: ReactNode;
  /** Beside the title: its state. */
  state?: ReactNode;
  subtitle?: ReactNode;
  children?: ReactNode;
}

/** A page's title, its state, and its acts at the right; also the title of the browser's tab. */
export function PageHead(props: PageHeadProps): ReactElement {
  const { title, children } = props;
  const help = useContext(Help);
  useEffect(() => {
    document.title = `${title} · Curbstop`;
    return () => {
      document.title = "Curbstop";
    };
  }, [title]);
  return (
    <header className="page-head">
      <div className="titles">
        {props.crumbs ? <div className="crumbs">{props.crumbs}</div> : null}
        <div className="row wrap">
          <h1>{title}</h1>
          {props.state}
        </div>
        {props.subtitle ? <p className="subtitle">{props.subtitle}</p> : null}
      </div>
      {children || help ? (
        <div className="row wrap acts">
          {children}
          {help}
        </div>
      ) : null}
    </header>
  );
}

interface SectionProps {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page under its ruled head. */
export function Section({ title, actions, children }: SectionProps): ReactElement {
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {actions ? <div className="row">{actions}</div> : null}
      </div>
      <PartProvider value={title}>{children}</PartProvider>
    </section>
  );
}
