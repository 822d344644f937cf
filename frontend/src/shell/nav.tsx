import { Link } from "@tanstack/react-router";
import { Fragment, type ReactElement } from "react";
import { useSession } from "@/api/session";
import { placesFor } from "./places";

export function Nav(): ReactElement {
  const { user } = useSession();
  const places = placesFor(user.permissions);
  return (
    <nav className="nav" aria-label="Main">
      {places.map((place, index) => (
        <Fragment key={place.to}>
          {place.group && place.group !== places[index - 1]?.group ? (
            <div className="nav-head">{place.group}</div>
          ) : null}
          <Link to={place.to} activeOptions={{ exact: place.to === "/", includeSearch: false }}>
            <place.icon aria-hidden />
            {place.text}
          </Link>
        </Fragment>
      ))}
      <div className="nav-foot">
        <kbd>?</kbd> lists the keys
      </div>
    </nav>
  );
}
