import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Fact, Facts, Moment } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { formatCount } from "@/lib/units";
import { words } from "@/lib/words";
import { Retire } from "./retire";

type Page = Schema<"LayoutPage">;
const route = getRouteApi("/app/read-layouts/$name");

interface Setting {
  title: string;
  choices: string[];
  default: string;
}

/** One layout: what it is, what uses it, its text, and the texts that stood under its name. */
export function Layout(): ReactElement {
  const { name } = route.useParams();
  const query = api.useQuery("get", "/api/v1/read-layouts/{name}", { params: { path: { name } } });
  return (
    <div className="page">
      <Shown query={query} lines={12}>
        {(page) => <Sheet page={page} />}
      </Shown>
    </div>
  );
}

function Sheet({ page }: { page: Page }): ReactElement {
  const { version } = route.useSearch();
  const mayApprove = useMay("readings:approve");
  const [isRetiring, setRetiring] = useState(false);
  const shown = page.versions.find(({ id }) => id === version);
  const own = page.in_force !== null && !page.in_force.shipped;
  return (
    <>
      <PageHead
        title={page.title}
        crumbs={
          <>
            <Link to="/read-layouts">Read layouts</Link> · <span className="mono">{page.name}</span>
          </>
        }
        state={page.in_force ? null : <Pill state="closed" label="Retired" />}
        subtitle={page.in_force?.source}
      >
        {mayApprove ? (
          <Link className="btn" to="/set-up-layout" search={{ from: page.name }}>
            Try or change it
          </Link>
        ) : null}
        {mayApprove && own ? (
          <Button variant="danger" onPress={() => setRetiring(true)}>
            Retire
          </Button>
        ) : null}
      </PageHead>
      <What page={page} />
      <Section
        title={shown ? `Text added by ${shown.added_by}` : "Text"}
        actions={
          shown ? (
            <Link to="." search={{}}>
              Show the {page.in_force ? "one in force" : "last one"}
            </Link>
          ) : null
        }
      >
        <Body text={(shown ?? page).body} />
      </Section>
      {page.versions.length > 0 ? <Versions page={page} /> : null}
      {isRetiring ? <Retire page={page} onClose={() => setRetiring(false)} /> : null}
    </>
  );
}

function What({ page }: { page: Page }): ReactElement {
  const layout = page.in_force;
  const settings = Object.values((layout?.settings ?? {}) as Record<string, Setting>);
  return (
    <Facts>
      <Fact label="Comes from">
        {layout?.shipped ? "Curbstop" : (page.versions[0]?.added_by ?? "–")}
      </Fact>
      <Fact label="Reads files">{layout?.reads ? "Yes" : "No"}</Fact>
      <Fact label="Writes download files">{layout?.writes ? "Yes" : "No"}</Fact>
      <Fact label="Files read by it">{formatCount(layout?.imports ?? 0)}</Fact>
      <Fact label="Walks downloaded by it">{page.walk_codes.join(", ") || "None"}</Fact>
      {settings.map((setting) => (
        <Fact key={setting.title} label={setting.title}>
          {setting.choices.map(words).join(" or ")}
          <span className="muted"> (else {words(setting.default).toLowerCase()})</span>
        </Fact>
      ))}
    </Facts>
  );
}

function Body({ text }: { text: string }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by key
    <section className="raw" tabIndex={0} aria-label="Text of the layout">
      {text
        .trimEnd()
        .split("\n")
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index}>
            <span className="muted">{index + 1}</span>
            <code>{line}</code>
          </div>
        ))}
    </section>
  );
}

function Versions({ page }: { page: Page }): ReactElement {
  return (
    <Section title="The district's texts of this name">
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>Added</th>
              <th>By</th>
              <th>Retired</th>
              <th>By</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {page.versions.map((one) => (
              <tr key={one.id}>
                <td>
                  <Link to="." search={{ version: one.id }}>
                    <Moment at={one.added_at} />
                  </Link>
                </td>
                <td>{one.added_by}</td>
                <td>{one.retired_at ? <Moment at={one.retired_at} /> : "In force"}</td>
                <td>{one.retired_by ?? "–"}</td>
                <td>{one.retirement_reason ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
