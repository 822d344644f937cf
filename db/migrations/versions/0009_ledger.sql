-- Guards of the ledger. Statement triggers over transition tables: the same guarantee as row
-- foreign keys and deferred checks at a fraction of the cost, under INSERT and COPY alike.
-- Bodies name schemas. They look up distinct values by index in nested loops and nothing else: a
-- plan that was cached when the journal was small must still fit when it is not, and the other way.

-- Posting holds this lock shared and sealing exclusively, so a sealed range of seq is complete.
CREATE FUNCTION public.journal_posting_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7218252);
  RETURN NULL;
END $$;

CREATE FUNCTION public.journal_entries_added() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE closed_to date; bad uuid; month date;
BEGIN
  SELECT max(p.month) INTO closed_to FROM public.periods p WHERE p.state = 'closed';
  SELECT a.posted_on INTO month FROM added a
   WHERE a.posted_on < (closed_to + interval '1 month') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% lies in a month that is closed', month USING ERRCODE = '23514';
  END IF;
  SELECT d.account_id INTO bad FROM (SELECT DISTINCT a.account_id FROM added a) d
   WHERE d.account_id IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM public.accounts c WHERE c.id = d.account_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'account % does not exist', bad USING ERRCODE = '23503';
  END IF;
  SELECT a.reverses_id INTO bad FROM added a
   WHERE a.reverses_id IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM public.journal_entries e WHERE e.id = a.reverses_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % does not exist', bad USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$;

-- An entry's lines, items and applications come in its own transaction and bear its account.
CREATE FUNCTION public.journal_lines_added() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE bad record; controls text[];
BEGIN
  SELECT array_agg(g.code) INTO controls FROM public.gl_accounts g WHERE g.control;
  SELECT p.debit, p.credit INTO bad
    FROM (SELECT DISTINCT a.debit, a.credit, a.account_id IS NOT NULL AS has_account FROM added a) p
    LEFT JOIN public.gl_accounts d ON d.code = p.debit
    LEFT JOIN public.gl_accounts c ON c.code = p.credit
   WHERE d.code IS NULL OR c.code IS NULL
      OR d.control::int + c.control::int <> p.has_account::int LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a line from % to % names an unknown GL account, or has an account where it'
      ' moves no receivable, or none where it does', bad.credit, bad.debit USING ERRCODE = '23514';
  END IF;
  SELECT p.entry_id INTO bad FROM (SELECT DISTINCT a.entry_id, a.account_id FROM added a) p
    LEFT JOIN public.journal_entries e ON e.id = p.entry_id
   WHERE e.id IS NULL OR e.txid <> pg_current_xact_id()::text::bigint
      OR (p.account_id IS NOT NULL AND p.account_id IS DISTINCT FROM e.account_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % was not posted in this transaction for this account', bad.entry_id
      USING ERRCODE = '23514';
  END IF;
  SELECT m.entry_id, m.debts, m.credits INTO bad FROM (
      SELECT a.entry_id, COALESCE(sum(a.cents) FILTER (WHERE a.item_id IS NOT NULL
          AND a.debit = ANY (controls)), 0) AS debts,
        COALESCE(sum(a.cents) FILTER (WHERE a.item_id IS NOT NULL
          AND a.credit = ANY (controls)), 0) AS credits,
        bool_or((a.item_id IS NULL) <> (a.account_id IS NULL)) AS loose
        FROM added a GROUP BY a.entry_id) m
    CROSS JOIN LATERAL (SELECT COALESCE(sum(o.cents) FILTER (WHERE o.cents > 0), 0) AS debts,
        COALESCE(-sum(o.cents) FILTER (WHERE o.cents < 0), 0) AS credits
      FROM public.open_items o WHERE o.entry_id = m.entry_id) i
   WHERE m.debts <> i.debts OR m.credits <> i.credits OR m.loose LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % moves the receivable by +% and -% cents, its open items say otherwise',
      bad.entry_id, bad.debts, bad.credits USING ERRCODE = '23514';
  END IF;
  INSERT INTO public.account_balances AS b (account_id, balance_cents, unapplied_cents)
  SELECT a.account_id,
      sum(CASE WHEN a.debit = ANY (controls) THEN a.cents ELSE -a.cents END),
      sum(CASE WHEN a.debit = ANY (controls) THEN 0 ELSE a.cents END)
    FROM added a WHERE a.account_id IS NOT NULL GROUP BY a.account_id ORDER BY a.account_id
      ON CONFLICT (account_id) DO UPDATE SET
        balance_cents = b.balance_cents + EXCLUDED.balance_cents,
        unapplied_cents = b.unapplied_cents + EXCLUDED.unapplied_cents;
  RETURN NULL;
END $$;

CREATE FUNCTION public.open_items_added() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE bad uuid;
BEGIN
  SELECT p.entry_id INTO bad FROM (SELECT DISTINCT a.entry_id, a.account_id FROM added a) p
    LEFT JOIN public.journal_entries e ON e.id = p.entry_id
   WHERE e.id IS NULL OR e.txid <> pg_current_xact_id()::text::bigint
      OR p.account_id IS DISTINCT FROM e.account_id
      OR EXISTS (SELECT 1 FROM public.journal_lines l WHERE l.entry_id = p.entry_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'items of entry % must come in its transaction, before its lines', bad
      USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

-- No item is paid beyond its amount and no credit spent twice, also when two act at once: the
-- balance rows are locked first, and the sums are read after that, in a new snapshot.
CREATE FUNCTION public.applications_added() RETURNS trigger LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE bad uuid;
BEGIN
  SELECT p.entry_id INTO bad FROM (SELECT DISTINCT a.entry_id, a.account_id FROM added a) p
    LEFT JOIN public.journal_entries e ON e.id = p.entry_id
   WHERE e.id IS NULL OR e.txid <> pg_current_xact_id()::text::bigint
      OR (p.account_id IS NOT NULL AND p.account_id IS DISTINCT FROM e.account_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entry % was not posted in this transaction for this account', bad
      USING ERRCODE = '23514';
  END IF;
  PERFORM 1 FROM public.account_balances b
    WHERE b.account_id IN (SELECT DISTINCT a.account_id FROM added a)
    ORDER BY b.account_id FOR UPDATE;
  SELECT t.id INTO bad FROM (
      SELECT a.account_id, a.item_id AS id, 1 AS side FROM added a
      UNION SELECT a.account_id, a.credit_id, -1 FROM added a) t
    LEFT JOIN public.open_items i ON i.account_id = t.account_id AND i.id = t.id
    LEFT JOIN LATERAL (SELECT sum(x.cents) AS cents FROM public.applications x
      WHERE x.account_id = t.account_id AND (x.item_id = t.id OR x.credit_id = t.id)) s ON true
   WHERE i.id IS NULL OR sign(i.cents) <> t.side
      OR s.cents NOT BETWEEN 0 AND abs(i.cents) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'item % would be settled beyond its amount, or is none of this account', bad
      USING ERRCODE = '23514';
  END IF;
  SELECT a.id INTO bad FROM added a
    LEFT JOIN public.applications o ON o.account_id = a.account_id AND o.id = a.reverses_id
   WHERE a.reverses_id IS NOT NULL AND (o.id IS NULL OR o.cents <> -a.cents
      OR o.item_id <> a.item_id OR o.credit_id <> a.credit_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'application % does not take back exactly what it names', bad
      USING ERRCODE = '23514';
  END IF;
  UPDATE public.account_balances b SET unapplied_cents = b.unapplied_cents - t.cents
    FROM (SELECT a.account_id, sum(a.cents) AS cents FROM added a GROUP BY a.account_id) t
   WHERE b.account_id = t.account_id;
  RETURN NULL;
END $$;

-- What is left of each item: of a debt what is unpaid (>= 0), of a credit what is unused (<= 0).
CREATE VIEW public.item_balances AS
SELECT i.account_id, i.id, i.entry_id, i.kind, i.charge_group, i.fund, i.due_on, i.posted_on,
       i.cents, (i.cents + COALESCE(s.cents, 0))::bigint AS open_cents
  FROM public.open_items i
  LEFT JOIN (
    SELECT u.account_id, u.id, sum(u.cents) AS cents FROM (
      SELECT a.account_id, a.item_id AS id, -a.cents AS cents FROM public.applications a
      UNION ALL SELECT a.account_id, a.credit_id, a.cents FROM public.applications a) u
     GROUP BY u.account_id, u.id) s ON s.account_id = i.account_id AND s.id = i.id;

-- The SHA-256 of everything an entry said, independent of the session's settings. What each act
-- settled is part of it. quote_nullable keeps free text from posing as another field.
CREATE FUNCTION public.entry_leaves(first_seq bigint, last_seq bigint)
RETURNS TABLE (seq bigint, entry_id uuid, cents bigint, leaf bytea) LANGUAGE sql STABLE AS $$
  SELECT e.seq, e.id, l.cents, sha256(convert_to(concat_ws(E'\n',
      concat_ws('|', e.seq, e.id, e.kind, e.posted_on - date '2000-01-01',
        (extract(epoch FROM e.posted_at) * 1000000)::bigint, e.source_type, e.source_id,
        quote_nullable(e.account_id), quote_nullable(e.reverses_id), quote_nullable(e.memo)), 'lines', l.body, 'items', i.body, 'applied', a.body), 'UTF8'))
    FROM public.journal_entries e
    CROSS JOIN LATERAL (SELECT COALESCE(sum(x.cents), 0)::bigint AS cents, string_agg(concat_ws('|',
        x.line, x.debit, x.credit, x.cents, quote_nullable(x.account_id),
        quote_nullable(x.item_id)), E'\n' ORDER BY x.line) AS body
      FROM public.journal_lines x WHERE x.entry_id = e.id) l
    CROSS JOIN LATERAL (SELECT string_agg(concat_ws('|', x.id, x.account_id, x.kind,
        quote_nullable(x.charge_group), quote_nullable(x.fund), x.due_on - date '2000-01-01',
        x.posted_on - date '2000-01-01', x.cents), E'\n' ORDER BY x.id) AS body
      FROM public.open_items x WHERE x.entry_id = e.id) i
    CROSS JOIN LATERAL (SELECT string_agg(concat_ws('|', x.id, x.account_id, x.credit_id, x.item_id,
        x.cents, x.applied_on - date '2000-01-01', quote_nullable(x.reverses_id)), E'\n'
        ORDER BY x.id) AS body
      FROM public.applications x WHERE x.entry_id = e.id) a
   WHERE e.seq BETWEEN first_seq AND last_seq
$$;

CREATE TRIGGER posting_begins BEFORE INSERT ON journal_entries
  FOR EACH STATEMENT EXECUTE FUNCTION public.journal_posting_begins();
CREATE TRIGGER added AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.journal_entries_added();
CREATE TRIGGER added AFTER INSERT ON journal_lines REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.journal_lines_added();
CREATE TRIGGER added AFTER INSERT ON open_items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.open_items_added();
CREATE TRIGGER added AFTER INSERT ON applications REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.applications_added();

SELECT public.append_only('journal_entries');
SELECT public.append_only('journal_lines');
SELECT public.append_only('open_items');
SELECT public.append_only('applications');
SELECT public.append_only('seals');
SELECT public.undeletable('gl_accounts');
SELECT public.undeletable('charge_groups');
SELECT public.undeletable('periods');
SELECT public.undeletable('account_balances');
SELECT public.undeletable('adjustment_types');
SELECT public.undeletable('adjustments');
SELECT public.undeletable('penalty_runs');
SELECT public.append_only('penalty_charges');

-- A component of a tariff says where its money goes by a charge code. One that the books do not know is
-- refused when the version is drafted, not when the first bill that it priced is posted.
CREATE FUNCTION public.unknown_charge_codes(body jsonb)
  RETURNS TABLE (place text, code text) LANGUAGE sql STABLE AS $$
  SELECT format('components.%s.%s', c.number - 1, n.name), c.component->>n.name
    FROM jsonb_array_elements(body->'components') WITH ORDINALITY AS c (component, number)
   CROSS JOIN (VALUES ('group'), ('gl')) AS n (name)
   WHERE c.component->>n.name IS NOT NULL AND CASE n.name
     WHEN 'gl' THEN NOT EXISTS (SELECT 1 FROM public.gl_accounts a WHERE a.code = c.component->>'gl')
     ELSE NOT EXISTS (SELECT 1 FROM public.charge_groups g WHERE g.code = c.component->>'group') END
   ORDER BY c.number, n.name
$$;

CREATE FUNCTION public.tariff_charge_codes_known() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT * INTO bad FROM public.unknown_charge_codes(NEW.body) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% names %, which the chart of accounts does not have', bad.place, bad.code
      USING ERRCODE = '23503';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER charge_codes_known BEFORE INSERT OR UPDATE OF body ON tariff_versions
  FOR EACH ROW EXECUTE FUNCTION public.tariff_charge_codes_known();

-- Posted items name a charge group without a foreign key, so its code never changes.
CREATE FUNCTION public.charge_group_keeps_its_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'charge group % is on posted items and keeps its code', OLD.code
    USING ERRCODE = '23514';
END $$;

CREATE TRIGGER keeps_its_code BEFORE UPDATE OF code ON charge_groups
  FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION public.charge_group_keeps_its_code();
