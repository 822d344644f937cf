import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Moment } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { formatCount } from "@/lib/units";

/** Every vendor's file that can be read or written, shipped or the district's own. */
export function Layouts(): ReactElement {
  const query = api.useQuery("get", "/api/v1/read-layouts");
  const mayAdd = useMay("readings:approve");
  return (
    <div className="page">
      <PageHead
        title="Read layouts"
        subtitle="How each vendor's meter file is read, and how download files are written."
      >
        {mayAdd ? (
          <Link className="btn primary" to="/set-up-layout">
            Set up a layout
          </Link>
        ) : null}
      </PageHead>
      <Shown query={query} lines={8}>
        {(layouts) => (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>Layout</th>
                  <th>Reads</th>
                  <th>Writes</th>
                  <th className="num">Files read</th>
                  <th className="num">Walks</th>
                  <th>Added</th>
                </tr>
              </thead>
              <tbody>
                {layouts.map((layout) => (
                  <Row key={layout.name} layout={layout} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Shown>
    </div>
  );
}

function Row({ layout }: { layout: Schema<"LayoutRow"> }): ReactElement {
  return (
    <tr>
      <td>
        <Link to="/read-layouts/$name" params={{ name: layout.name }}>
          {layout.title}
        </Link>
        <div className="muted small mono">{layout.name}</div>
      </td>
      <td>{layout.reads ? "Yes" : "–"}</td>
      <td>{layout.writes ? "Yes" : "–"}</td>
      <td className="num">{formatCount(layout.imports)}</td>
      <td className="num">{formatCount(layout.walks)}</td>
      <td>
        {layout.shipped ? (
          <span className="muted">Comes with Curbstop</span>
        ) : (
          <>
            {layout.added_by}
            <div className="muted small">
              <Moment at={layout.added_at} />
            </div>
          </>
        )}
      </td>
    </tr>
  );
}
