import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type ReactElement, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useFound } from "./search";

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Search everywhere: accounts and pages from any scrap of text; arrows choose, Enter goes. */
export function Palette({ isOpen, onClose }: PaletteProps): ReactElement {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="modal palette">
        <Dialog className="dialog" aria-label="Search everywhere">
          <Results onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Results({ onClose }: { onClose: () => void }): ReactElement {
  const router = useRouter();
  const [words, setWords] = useState("");
  const { groups, isSearching } = useFound(words);
  const none = groups.every((group) => group.items.length === 0);
  function go(href: string): void {
    onClose();
    router.history.push(href);
  }
  return (
    <>
      <Autocomplete inputValue={words} onInputChange={setWords} disableVirtualFocus={false}>
        <SearchField className="palette-field" aria-label="Search everywhere" autoFocus>
          <Search aria-hidden />
          <Input placeholder="Account, name, address, meter, or a page" maxLength={200} />
        </SearchField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
        <section className="palette-results" aria-label="Found" tabIndex={0}>
          <Menu
            className="menu"
            aria-label="Results"
            onAction={(key) => go(String(key))}
            renderEmptyState={() => null}
          >
            {groups
              .filter((group) => group.items.length > 0)
              .map((group) => (
                <MenuSection key={group.title}>
                  <Header className="menu-head">{group.title}</Header>
                  {group.items.map((item) => (
                    <MenuItem
                      key={item.href}
                      id={item.href}
                      className="menu-item"
                      textValue={item.text}
                    >
                      <item.icon aria-hidden />
                      <span className={item.isFaded ? "grow truncate muted" : "grow truncate"}>
                        {item.text} <span className="muted">{item.detail}</span>
                      </span>
                      <span className="muted small tabular">{item.hint}</span>
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
          </Menu>
        </section>
      </Autocomplete>
      {none ? (
        <p className="palette-empty">
          {isSearching ? "Searching…" : `Nothing matches “${words}”.`}
        </p>
      ) : null}
      <div className="palette-foot" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> go
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </div>
    </>
  );
}
