import { getRouteApi, Link, useRouter, useRouterState } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { api, type Schema } from "@/api/client";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";

const route = getRouteApi("/app/guide/$page");

/** A page of the guide beside the contents; the address's heading is where reading starts. */
export function GuidePage(): ReactElement {
  const { page: name } = route.useParams();
  const query = api.useQuery("get", "/api/v1/guide/{page}", { params: { path: { page: name } } });
  return (
    <div className="page guide">
      <Contents here={name} />
      <div className="guide-text">
        <Shown query={query} lines={14}>
          {(page) => (
            <>
              <PageHead title={page.title} crumbs={<Link to="/guide">Guide</Link>} />
              <Text key={page.name} html={page.html} />
            </>
          )}
        </Shown>
      </div>
    </div>
  );
}

function Contents({ here }: { here: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/guide");
  return (
    <nav className="guide-nav" aria-label="Contents of the guide">
      <Link to="/guide" className="small">
        Search the guide
      </Link>
      <Shown query={query} lines={12}>
        {({ items }) => (
          <ul>
            {items.map((page) => (
              <li key={page.name}>
                <Link
                  to="/guide/$page"
                  params={{ page: page.name }}
                  activeOptions={{ exact: true }}
                >
                  {page.title}
                </Link>
                {page.name === here ? <Headings page={page} /> : null}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </nav>
  );
}

function Headings({ page }: { page: Schema<"GuidePageRow"> }): ReactElement {
  return (
    <ul>
      {page.headings
        .filter(({ level }) => level === 2)
        .map(({ id, text }) => (
          <li key={id}>
            <Link to="/guide/$page" params={{ page: page.name }} hash={id} className="heading">
              {text}
            </Link>
          </li>
        ))}
    </ul>
  );
}

/** The server's own text: it made this HTML from files of the program, with raw HTML as text. */
function Text({ html }: { html: string }): ReactElement {
  const text = useRef<HTMLElement>(null);
  const router = useRouter();
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    const heading = hash ? text.current?.querySelector(`#${CSS.escape(hash)}`) : null;
    if (!(heading instanceof HTMLElement)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView();
  }, [hash]);
  useEffect(() => {
    const article = text.current;
    // Links inside the text are plain anchors: without this each would load the app anew.
    const follow = (event: MouseEvent) => {
      const link = (event.target as Element).closest("a");
      const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
      if (!link || link.target || !isPlain) return;
      event.preventDefault();
      router.history.push(link.getAttribute("href") ?? "/guide");
    };
    article?.addEventListener("click", follow);
    return () => article?.removeEventListener("click", follow);
  }, [router]);
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: see above; a test holds what it may hold
    <article className="prose" ref={text} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
