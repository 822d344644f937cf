import type { ReactElement } from "react";

type Ring = [number, number][];

const SIZE = 220;
const PAD = 10;

/** The parcel's outline to scale, north up; it needs no map and no other host. */
export function Outline({
  geometry,
}: {
  geometry: Record<string, unknown> | null;
}): ReactElement | null {
  const rings = ringsOf(geometry);
  const points = rings.flat();
  if (points.length === 0) return null;
  // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
  const squeeze = Math.cos(((points[0]?.[1] ?? 0) * Math.PI) / 180);
  const xs = points.map(([longitude]) => longitude * squeeze);
  const ys = points.map(([, latitude]) => latitude);
  const [west, north] = [Math.min(...xs), Math.max(...ys)];
  const span = Math.max(Math.max(...xs) - west, north - Math.min(...ys)) || 1;
  const scale = (SIZE - 2 * PAD) / span;
  const path = rings
    .map((ring) => {
      const steps = ring.map(
        ([longitude, latitude]) =>
          `${(PAD + (longitude * squeeze - west) * scale).toFixed(1)} ${(PAD + (north - latitude) * scale).toFixed(1)}`,
      );
      return `M${steps.join("L")}Z`;
    })
    .join("");
  return (
    <svg
      className="outline"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label="Outline, north up"
    >
      <path d={path} fillRule="evenodd" />
    </svg>
  );
}

function ringsOf(geometry: Record<string, unknown> | null): Ring[] {
  if (geometry?.type === "Polygon") return geometry.coordinates as Ring[];
  if (geometry?.type === "MultiPolygon") return (geometry.coordinates as Ring[][]).flat();
  return [];
}
