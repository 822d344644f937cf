import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import type { ReactElement } from "react";
import { Input, SearchField } from "react-aria-components";
import { api } from "@/api/client";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { plural } from "@/lib/units";

const route = getRouteApi("/app/guide");

/** The guide's pages in the order in which to read them, or what a search finds in them. */
export function GuideContents(): ReactElement {
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="page guide-contents">
      <PageHead title="Guide" subtitle="How the office works with Curbstop, task by task." />
      <SearchField
        className="guide-search"
        aria-label="Search the guide"
        value={q}
        onChange={(text) => void navigate({ search: { q: text || undefined }, replace: true })}
      >
        <Search aria-hidden />
        <Input className="input" placeholder="Search headings and text" maxLength={200} />
      </SearchField>
      {q.trim() ? <Hits q={q} /> : <Pages />}
    </div>
  );
}

function Pages(): ReactElement {
  const query = api.useQuery("get", "/api/v1/guide");
  return (
    <Shown query={query} lines={16}>
      {({ items }) => (
        <ol className="guide-pages">
          {items.map((page) => (
            <li key={page.name}>
              <h2>
                <Link to="/guide/$page" params={{ page: page.name }}>
                  {page.title}
                </Link>
              </h2>
              <p className="muted">{page.summary}</p>
            </li>
          ))}
        </ol>
      )}
    </Shown>
  );
}

function Hits({ q }: { q: string }): ReactElement {
  const query = api.useQuery(
    "get",
    "/api/v1/guide/search",
    { params: { query: { q } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Shown query={query} lines={10}>
      {({ items }) => (
        <>
          <p className="muted small" aria-live="polite">
            {plural(items.length, "section")}
          </p>
          {items.length === 0 ? (
            <Empty title="No section holds all of these words">
              Try fewer words, or the word as it stands on the screen.
            </Empty>
          ) : null}
          <ol className="guide-pages">
            {items.map((hit) => (
              <li key={`${hit.page}#${hit.heading_id}`}>
                <h2>
                  <Link to="/guide/$page" params={{ page: hit.page }} hash={hit.heading_id}>
                    {hit.heading}
                  </Link>
                </h2>
                {hit.heading === hit.title ? null : <p className="small">{hit.title}</p>}
                <p className="muted">{hit.excerpt}</p>
              </li>
            ))}
          </ol>
        </>
      )}
    </Shown>
  );
}
