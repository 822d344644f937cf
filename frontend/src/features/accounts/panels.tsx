/** The dialogs of the account's other acts; loaded when the first of them opens. */

import type { ReactElement } from "react";
import { AddService } from "./add-service";
import { RaiseFlag } from "./flags";
import type { AccountPage, AccountPanel } from "./kinds";
import { AddPaper } from "./papers";
import { Payoff } from "./payoff";

interface PanelsProps {
  panel: Exclude<AccountPanel, "note" | "contact">;
  page: AccountPage;
  onClose: () => void;
}

export function Panels({ panel, page, onClose }: PanelsProps): ReactElement {
  const accountId = page.account.id;
  switch (panel) {
    case "flag":
      return <RaiseFlag accountId={accountId} onClose={onClose} />;
    case "service":
      return <AddService page={page} onClose={onClose} />;
    case "paper":
      return <AddPaper accountId={accountId} onClose={onClose} />;
    case "payoff":
      return <Payoff account={page.account} onClose={onClose} />;
  }
}
