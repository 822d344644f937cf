-- Guards of billing. Bulk tables are checked set by set, once a statement; bodies name their
-- schema because a distributed database does not carry the search path. A line of two dashes and
-- two semicolons ends a statement.

CREATE FUNCTION public.guard_bill_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE unfinished int; unexcused int; silent int;
BEGIN
  IF OLD.state IN ('approved', 'posted', 'reversed', 'discarded') AND
     (OLD.kind, OLD.period_from, OLD.period_to, OLD.bill_on, OLD.due_on, OLD.account_ids,
      OLD.expected, OLD.billed, OLD.current_cents, OLD.prepared_by, OLD.approved_by)
     IS DISTINCT FROM
     (NEW.kind, NEW.period_from, NEW.period_to, NEW.bill_on, NEW.due_on, NEW.account_ids,
      NEW.expected, NEW.billed, NEW.current_cents, NEW.prepared_by,
      CASE WHEN OLD.state = 'approved' THEN OLD.approved_by ELSE NEW.approved_by END) THEN
    RAISE EXCEPTION 'an approved run is not changed' USING ERRCODE = '23514';
  END IF;
  IF OLD.state = NEW.state THEN RETURN NEW; END IF;
  IF (OLD.state, NEW.state) NOT IN (
    ('draft', 'calculated'), ('calculated', 'draft'), ('reviewed', 'draft'),
    ('calculated', 'reviewed'), ('reviewed', 'calculated'), ('reviewed', 'approved'),
    ('approved', 'posted'), ('posted', 'reversed'), ('draft', 'discarded'), ('calculated', 'discarded'),
    ('reviewed', 'discarded')) THEN
    RAISE EXCEPTION 'a % run does not become %', OLD.state, NEW.state USING ERRCODE = '23514';
  END IF;
  IF NEW.state = 'approved' THEN
    SELECT count(*) INTO unexcused FROM public.run_exceptions
      WHERE run_id = NEW.id AND severity = 'block' AND excused_by IS NULL;
    SELECT (SELECT coalesce(sum(cardinality(account_ids) - billed), 0) FROM public.run_chunks
            WHERE run_id = NEW.id)
      - (SELECT count(DISTINCT account_id) FROM public.run_exceptions
         WHERE run_id = NEW.id AND severity = 'block') INTO silent;
    IF unexcused > 0 OR silent <> 0 THEN
      RAISE EXCEPTION '% exceptions are not excused and % accounts are neither billed nor excused',
        unexcused, silent USING ERRCODE = '23514';
    END IF;
  END IF;
  IF NEW.state IN ('calculated', 'approved', 'posted', 'reversed') THEN
    SELECT count(*) INTO unfinished FROM public.run_chunks WHERE run_id = NEW.id
      AND state <> CASE NEW.state WHEN 'approved' THEN 'calculated' ELSE NEW.state END;
    IF unfinished > 0 THEN
      RAISE EXCEPTION '% chunks of the run are not %', unfinished, NEW.state
        USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$
--;;
CREATE TRIGGER guard_bill_run BEFORE UPDATE ON bill_runs
  FOR EACH ROW EXECUTE FUNCTION public.guard_bill_run()
--;;
CREATE FUNCTION public.guard_run_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE run_state text; found_bills int; found_cents bigint; bad text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('posted', 'reversed') THEN
      RAISE EXCEPTION 'a posted chunk stays' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = NEW.state THEN
    IF OLD.state <> 'pending' THEN
      RAISE EXCEPTION 'a % chunk is not changed', OLD.state USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.state, NEW.state) NOT IN (('pending', 'calculated'), ('calculated', 'pending'),
      ('calculated', 'posted'), ('posted', 'reversed')) THEN
    RAISE EXCEPTION 'a % chunk does not become %', OLD.state, NEW.state USING ERRCODE = '23514';
  END IF;
  IF NEW.account_ids <> OLD.account_ids OR (OLD.state <> 'pending' AND NEW.state <> 'pending'
      AND (NEW.billed, NEW.current_cents) <> (OLD.billed, OLD.current_cents)) THEN
    RAISE EXCEPTION 'the accounts and totals of a chunk stay' USING ERRCODE = '23514';
  END IF;
  SELECT state INTO run_state FROM public.bill_runs WHERE id = NEW.run_id;
  IF run_state IS DISTINCT FROM (CASE NEW.state WHEN 'posted' THEN 'approved'
      WHEN 'reversed' THEN 'posted' ELSE 'draft' END) THEN
    RAISE EXCEPTION 'a chunk of a % run does not become %', run_state, NEW.state
      USING ERRCODE = '23514';
  END IF;
  IF NEW.state = 'calculated' THEN
    SELECT count(*), coalesce(sum(current_cents), 0) INTO found_bills, found_cents
      FROM public.bills WHERE run_id = NEW.run_id AND chunk = NEW.number;
    IF (found_bills, found_cents) <> (NEW.billed, NEW.current_cents) THEN
      RAISE EXCEPTION 'the chunk says % bills of % cents, there are % of %', NEW.billed,
        NEW.current_cents, found_bills, found_cents USING ERRCODE = '23514';
    END IF;
    SELECT b.number INTO bad FROM public.bills b
      WHERE b.run_id = NEW.run_id AND b.chunk = NEW.number AND b.line_count > 0
      AND NOT EXISTS (SELECT 1 FROM public.bill_lines l WHERE l.bill_id = b.id AND l.line = 1)
      LIMIT 1;
    IF bad IS NOT NULL THEN
      RAISE EXCEPTION 'bill % has no lines', bad USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$
--;;
CREATE TRIGGER guard_run_chunk BEFORE UPDATE OR DELETE ON run_chunks
  FOR EACH ROW EXECUTE FUNCTION public.guard_run_chunk()
--;;
CREATE FUNCTION public.check_new_bills() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad text;
BEGIN
  SELECT n.number INTO bad FROM new_rows n LEFT JOIN public.accounts a ON a.id = n.account_id
    WHERE a.id IS NULL LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'bill % is of no account', bad USING ERRCODE = '23503';
  END IF;
  SELECT n.number INTO bad
    FROM (SELECT run_id, chunk, min(number) AS number FROM new_rows GROUP BY run_id, chunk) n
    LEFT JOIN public.run_chunks c ON c.run_id = n.run_id AND c.number = n.chunk
    WHERE c.state IS DISTINCT FROM 'pending' LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'bill % is of no chunk that is being calculated', bad USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER check_new_bills AFTER INSERT ON bills REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.check_new_bills()
--;;
CREATE FUNCTION public.check_new_bill_segments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad uuid;
BEGIN
  SELECT n.agreement_id INTO bad FROM new_rows n
    LEFT JOIN public.agreements a ON a.id = n.agreement_id
    LEFT JOIN public.bills b ON b.id = n.bill_id AND b.account_id = a.account_id
    WHERE b.id IS NULL LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'a segment of agreement % fits no bill of its account', bad
      USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER check_new_bill_segments AFTER INSERT ON bill_segments
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.check_new_bill_segments()
--;;
CREATE FUNCTION public.check_new_bill_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad text;
BEGIN
  SELECT coalesce(b.number, n.bill_id::text) INTO bad
    FROM (SELECT bill_id, sum(amount_cents) AS cents, count(*) AS lines FROM new_rows
          GROUP BY bill_id) n
    LEFT JOIN public.bills b ON b.id = n.bill_id
    WHERE b.id IS NULL OR b.current_cents <> n.cents OR b.line_count <> n.lines LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'the lines of bill % are not its total', bad USING ERRCODE = '23514';
  END IF;
  SELECT n.version_id::text INTO bad FROM (SELECT DISTINCT version_id FROM new_rows) n
    LEFT JOIN public.tariff_versions v ON v.id = n.version_id WHERE v.id IS NULL LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'there is no tariff version %', bad USING ERRCODE = '23503';
  END IF;
  SELECT n.bill_id::text INTO bad
    FROM (SELECT DISTINCT bill_id, agreement_id FROM new_rows) n
    LEFT JOIN public.bill_segments s
      ON s.bill_id = n.bill_id AND s.agreement_id = n.agreement_id
    WHERE s.bill_id IS NULL LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'a line of bill % is of no segment', bad USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER check_new_bill_lines AFTER INSERT ON bill_lines REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.check_new_bill_lines()
--;;
CREATE FUNCTION public.refuse_posted_bill_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT run_id, chunk FROM old_rows) o
             JOIN public.run_chunks c ON c.run_id = o.run_id AND c.number = o.chunk
             WHERE c.state IN ('posted', 'reversed')) THEN
    RAISE EXCEPTION 'a posted bill stays: it is corrected by another' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT 1 FROM old_rows o JOIN public.bill_lines l ON l.bill_id = o.id)
    OR EXISTS (SELECT 1 FROM old_rows o JOIN public.bill_segments s ON s.bill_id = o.id) THEN
    RAISE EXCEPTION 'a bill goes after its lines and segments' USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER refuse_posted_delete AFTER DELETE ON bills REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_posted_bill_delete()
--;;
CREATE FUNCTION public.refuse_posted_part_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN public.bills b ON b.id = o.bill_id
             JOIN public.run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk
             WHERE c.state IN ('posted', 'reversed')) THEN
    RAISE EXCEPTION 'a posted bill stays: it is corrected by another' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER refuse_posted_delete AFTER DELETE ON bill_segments
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_posted_part_delete()
--;;
CREATE TRIGGER refuse_posted_delete AFTER DELETE ON bill_lines REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_posted_part_delete()
--;;
CREATE FUNCTION public.guard_bill_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'bills' THEN
    IF OLD.reversed_at IS NULL AND NEW.reversed_at IS NOT NULL
       AND to_jsonb(OLD) - 'reversed_at' = to_jsonb(NEW) - 'reversed_at' THEN RETURN NEW; END IF;
  ELSIF TG_TABLE_NAME = 'bill_segments' THEN
    IF OLD.live AND NOT NEW.live
       AND to_jsonb(OLD) - 'live' = to_jsonb(NEW) - 'live' THEN RETURN NEW; END IF;
  ELSIF TG_TABLE_NAME = 'statements' THEN
    IF OLD.snapshot IS NULL AND NEW.snapshot IS NOT NULL
       AND to_jsonb(OLD) - 'snapshot' = to_jsonb(NEW) - 'snapshot' THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% on % is refused: bills are corrected by other bills', TG_OP, TG_TABLE_NAME
    USING ERRCODE = '23514';
END $$
--;;
CREATE TRIGGER guard_change BEFORE UPDATE ON bills
  FOR EACH ROW EXECUTE FUNCTION public.guard_bill_change()
--;;
CREATE TRIGGER guard_change BEFORE UPDATE ON bill_segments
  FOR EACH ROW EXECUTE FUNCTION public.guard_bill_change()
--;;
CREATE TRIGGER guard_change BEFORE UPDATE ON bill_lines
  FOR EACH ROW EXECUTE FUNCTION public.guard_bill_change()
--;;
CREATE TRIGGER guard_change BEFORE UPDATE ON statements
  FOR EACH ROW EXECUTE FUNCTION public.guard_bill_change()
--;;
CREATE FUNCTION public.check_new_statements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad uuid;
BEGIN
  SELECT n.bill_id INTO bad FROM new_rows n LEFT JOIN public.bills b ON b.id = n.bill_id
    AND b.account_id = n.account_id AND b.current_cents = n.current_cents
    WHERE b.id IS NULL LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'statement % is not of its bill', bad USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
--;;
CREATE TRIGGER check_new_statements AFTER INSERT ON statements
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.check_new_statements()
--;;
-- What was decided stays as it was decided, and nobody leaves the list of its authors.
CREATE FUNCTION public.decided_winter_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('approved', 'rejected') OR NOT NEW.authors @> OLD.authors THEN
    RAISE EXCEPTION 'winter averages %: what is decided, and who worked on it, stays', OLD.id
      USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
--;;
CREATE TRIGGER decided_is_final BEFORE UPDATE ON winter_proposals
  FOR EACH ROW EXECUTE FUNCTION public.decided_winter_is_final()
--;;
CREATE FUNCTION public.decided_winter_lines_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.winter_proposals p
             WHERE p.id = coalesce(NEW.proposal_id, OLD.proposal_id)
               AND p.state IN ('approved', 'rejected')) THEN
    RAISE EXCEPTION 'lines of decided winter averages stay' USING ERRCODE = '23514';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$
--;;
CREATE TRIGGER decided_is_final BEFORE INSERT OR UPDATE OR DELETE ON winter_lines
  FOR EACH ROW EXECUTE FUNCTION public.decided_winter_lines_are_final()
