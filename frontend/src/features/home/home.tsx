import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useSession } from "@/api/session";
import { formatDay, todayIn } from "@/lib/dates";
import { placesFor } from "@/shell/places";

/** Where the day starts. */
export function Home(): ReactElement {
  const { user, timezone } = useSession();
  return (
    <div className="page">
      <header className="page-head">
        <div className="titles">
          <h1>Good day, {user.name.split(" ")[0]}</h1>
          <p className="subtitle">{formatDay(todayIn(timezone))}</p>
        </div>
      </header>
      <ul className="home-places">
        {placesFor(user.permissions)
          .filter((place) => place.to !== "/")
          .map((place) => (
            <li key={place.to}>
              <Link to={place.to}>
                <place.icon aria-hidden /> {place.text}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  );
}
