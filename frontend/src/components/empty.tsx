import type { ReactElement, ReactNode } from "react";

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Why there is nothing here, and the next step. */
export function Empty({ icon, title, children, action }: EmptyProps): ReactElement {
  return (
    <div className="empty">
      {icon}
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action ? <div className="row">{action}</div> : null}
    </div>
  );
}
