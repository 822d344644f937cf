import { Copy } from "lucide-react";
import type { ReactElement } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Fact, Facts } from "@/components/figures";
import { toast } from "@/components/toast";

export interface Shown {
  id: string;
  secret: string;
}

/** The one time that a secret is seen. */
export function SecretSheet({
  shown,
  onClose,
}: {
  shown: Shown;
  onClose: () => void;
}): ReactElement {
  const copy = () =>
    void navigator.clipboard.writeText(shown.secret).then(() => toast("The secret is copied"));
  return (
    <Dialog title="The client's secret" isOpen onClose={onClose} role="alertdialog">
      <div className="body">
        <Banner tone="warn" title="It is shown this once">
          <p>Put it into the other system now. Only a hash of it is kept here.</p>
        </Banner>
        <Facts>
          <Fact label="client_id">
            <code>{shown.id}</code>
          </Fact>
          <Fact label="client_secret">
            <code>{shown.secret}</code>
          </Fact>
        </Facts>
      </div>
      <footer>
        <Button onPress={copy}>
          <Copy aria-hidden /> Copy the secret
        </Button>
        <Button variant="primary" onPress={onClose} autoFocus>
          It is kept
        </Button>
      </footer>
    </Dialog>
  );
}
