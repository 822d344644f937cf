-- Rules and projections of accounts that the database keeps itself.

-- The sum of shares can only be highest on a day that some agreement starts, so those are the days
-- to look at. The points are locked first, so that two transactions cannot each see 60 %.
CREATE FUNCTION public.agreement_shares_within_100() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  over record;
BEGIN
  PERFORM FROM public.service_points
    WHERE id IN (SELECT service_point_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
  SELECT s.service_point_id, s.service, s.from_on, sum(a.share_percent) AS percent INTO over
    FROM (SELECT DISTINCT o.service_point_id, o.service, o.from_on FROM changed c
          JOIN public.agreements o USING (service_point_id, service)) s
    JOIN public.agreements a ON a.service_point_id = s.service_point_id AND a.service = s.service
      AND a.from_on <= s.from_on AND (a.to_on IS NULL OR a.to_on > s.from_on)
    GROUP BY 1, 2, 3 HAVING sum(a.share_percent) > 100 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the shares of % at one service point come to % %% on %',
      over.service, over.percent, over.from_on USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;

--;;

CREATE TRIGGER shares_within_100_insert AFTER INSERT ON agreements
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION public.agreement_shares_within_100();

--;;

CREATE TRIGGER shares_within_100_update AFTER UPDATE ON agreements
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
  EXECUTE FUNCTION public.agreement_shares_within_100();

--;;

-- The accounts are locked before they are read: of two changes at once, the second waits and then
-- sees the first, where it would otherwise write back what stood before.
CREATE FUNCTION public.refresh_account_summaries(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM public.accounts WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO public.account_summaries AS s
    (account_id, number, customer_name, service_address, class, status, search)
  SELECT a.id, a.number, c.name, coalesce(g.newest, ''), a.class, a.status,
    lower(concat_ws(' ', a.number, replace(a.number, '-', ''), c.name, c.phone, c.phone_raw,
      nullif(c.email, ''), nullif(a.mail_name, c.name), g.every))
  FROM public.accounts a
  JOIN public.customers c ON c.id = a.customer_id
  LEFT JOIN (
    SELECT t.account_id,
      string_agg(DISTINCT concat_ws(' ', p.situs_line, t.location), ' ') AS every,
      (array_agg(coalesce(nullif(p.situs_line, ''), t.location) ORDER BY t.from_on DESC, t.id))[1]
        AS newest
    FROM (SELECT g.id, g.account_id, g.from_on, o.location, o.parcel_id FROM public.agreements g
          JOIN public.service_points o ON o.id = g.service_point_id
          WHERE g.account_id = ANY (ids)) t
    LEFT JOIN public.parcels p ON p.id = t.parcel_id
    GROUP BY t.account_id
  ) g ON g.account_id = a.id
  WHERE a.id = ANY (ids)
  ON CONFLICT (account_id) DO UPDATE SET number = excluded.number,
    customer_name = excluded.customer_name, service_address = excluded.service_address,
    class = excluded.class, status = excluded.status, search = excluded.search
  WHERE (s.number, s.customer_name, s.service_address, s.class, s.status, s.search)
    IS DISTINCT FROM (excluded.number, excluded.customer_name, excluded.service_address,
      excluded.class, excluded.status, excluded.search);
END $$;

--;;

-- One narrow row per class and status: the list's total is a sum of these, not a count of accounts.
CREATE FUNCTION public.count_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO public.account_counts AS t (class, status, n)
      SELECT class, status, count(*) FROM new_rows GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (class, status) DO UPDATE SET n = t.n + excluded.n;
  ELSE
    INSERT INTO public.account_counts AS t (class, status, n)
      SELECT class, status, sum(one) FROM
        (SELECT class, status, 1 AS one FROM new_rows
         UNION ALL SELECT class, status, -1 FROM old_rows) d
      GROUP BY 1, 2 HAVING sum(one) <> 0 ORDER BY 1, 2
      ON CONFLICT (class, status) DO UPDATE SET n = t.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;

--;;

CREATE TRIGGER count_insert AFTER INSERT ON account_summaries
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.count_accounts();

--;;

CREATE TRIGGER count_update AFTER UPDATE ON account_summaries
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION public.count_accounts();
