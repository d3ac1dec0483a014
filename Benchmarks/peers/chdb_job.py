"""The job of bench.yaml in chDB (ClickHouse in a process): chdb_job.py LOG OUT AS_OF writes
OUT/leads.csv and accounts.csv.

One process, all cores, tables in memory, ClickHouse's own JSONEachRow reader with a given schema.
What is left out is said in duckdb_job.py, and is the same. An empty string stands for an absent
one, as ClickHouse likes it (no such log has both).
"""

import sys

from chdb.session import Session

log, out, as_of = sys.argv[1:4]
db = Session()
db.query(f"""
CREATE VIEW clock AS SELECT toUnixTimestamp64Milli(parseDateTime64BestEffort('{as_of}', 3, 'UTC')) AS as_of
""")

columns = """
id String, time DateTime64(3, ''UTC''), type LowCardinality(String), lead String, account String,
from String, path LowCardinality(String), url LowCardinality(String),
asset LowCardinality(String), form LowCardinality(String),
fields Tuple(job_title String, company_size Nullable(Float64), industry String, country String)
""".replace("\n", " ").replace("''", "\\'")

db.query(f"""
CREATE TABLE log ENGINE = Memory AS
SELECT id, toUnixTimestamp64Milli(time) AS time, type, lead, account, from, asset, form,
  fields.job_title AS job_title, fields.company_size AS company_size, fields.industry AS industry,
  fields.country AS country,
  if(type != 'page_view' OR path != '' OR url = '', path, path(url)) AS path
FROM file('{log}/**.ndjson.gz', 'JSONEachRow', '{columns}')
SETTINGS date_time_input_format = 'best_effort', input_format_skip_unknown_fields = 1
""")

# Whom a forget reaches, until when; then which keys are other names of whom. Both are small, so
# they are looked up rather than joined.
db.query("""
CREATE TABLE forgotten ENGINE = Join(ANY, LEFT, key) AS
SELECT key, max(time) AS until FROM (
  SELECT lead AS key, time FROM log WHERE type = 'forget'
  UNION ALL
  SELECT m.from AS key, f.time AS time
  FROM (SELECT lead, time FROM log WHERE type = 'forget') AS f
  JOIN (SELECT lead, from, time FROM log WHERE type = 'merge') AS m ON m.lead = f.lead
  WHERE m.time <= f.time)
GROUP BY key
""")
db.query("""
CREATE TABLE names ENGINE = Join(ANY, LEFT, key) AS
SELECT from AS key, argMax(lead, time) AS name FROM log
WHERE type = 'merge' AND time > joinGet('forgotten', 'until', lead)
GROUP BY key
""")
db.query("""
CREATE VIEW named AS
SELECT if(joinGet('names', 'name', log.lead) = '', log.lead, joinGet('names', 'name', log.lead)) AS lead,
  id, time, type, account, asset, form, job_title, company_size, industry, country, path
FROM log
WHERE type NOT IN ('forget', 'account_profile') AND time <= (SELECT as_of FROM clock)
  AND time > joinGet('forgotten', 'until', log.lead)
""")

db.query("""
CREATE TABLE twice ENGINE = Memory AS
SELECT lead, id FROM named GROUP BY lead, id HAVING count() > 1
""")
db.query("""
CREATE VIEW event AS
SELECT *, exp2(-((SELECT as_of FROM clock) - time) / 2592000000) * 1e6 AS weight
FROM (
  SELECT * FROM named WHERE (lead, id) NOT IN (SELECT lead, id FROM twice)
  UNION ALL
  SELECT * FROM named WHERE (lead, id) IN (SELECT lead, id FROM twice)
  ORDER BY time LIMIT 1 BY lead, id)
""")

db.query("""
CREATE TABLE folded ENGINE = Memory AS
SELECT lead,
  argMaxIf(account, time, account != '') AS account,
  argMaxIf(job_title, time, job_title != '') AS job_title,
  argMaxIf(company_size, time, company_size IS NOT NULL) AS company_size,
  argMaxIf(industry, time, industry != '') AS industry,
  argMaxIf(country, time, country != '') AS country,
  countIf(type IN ('page_view', 'campaign_touch', 'email_click', 'download', 'search')
    OR form IN ('webinar-registration', 'demo-request')) AS activities,
  countIf(startsWith(path, '/blog/') OR type IN ('campaign_touch', 'email_click')) AS awareness,
  countIf(startsWith(path, '/compare/') OR form = 'webinar-registration'
    OR (type = 'download' AND asset LIKE '%whitepaper%')) AS consideration,
  countIf(path = '/pricing' OR startsWith(path, '/pricing/') OR form = 'demo-request') AS decision,
  sum(toInt64(multiIf(
    type = 'page_view', round(weight) + multiIf(
      startsWith(path, '/compare/'), round(6 * weight),
      path = '/pricing' OR startsWith(path, '/pricing/'), round(8 * weight),
      startsWith(path, '/careers'), round(-10 * weight),
      0),
    type = 'campaign_touch', round(2 * weight),
    type = 'email_click', round(4 * weight),
    type = 'download', if(asset LIKE '%whitepaper%', round(10 * weight), round(5 * weight)),
    form = 'webinar-registration', round(12 * weight),
    form = 'demo-request', round(30 * weight),
    type = 'search', round(weight),
    0))) AS raw
FROM event GROUP BY lead
""")
# At most three blog views a day, the first ones.
db.query("""
CREATE TABLE blog ENGINE = Memory AS
SELECT lead, sum(toInt64(round(3 * weight))) AS raw FROM (
  SELECT lead, weight FROM event WHERE startsWith(path, '/blog/')
  ORDER BY time LIMIT 3 BY lead, intDiv(time, 86400000))
GROUP BY lead
""")

db.query("""
CREATE TABLE company ENGINE = Memory AS
SELECT account,
  argMaxIf(job_title, time, job_title != '') AS job_title,
  argMaxIf(company_size, time, company_size IS NOT NULL) AS company_size,
  argMaxIf(industry, time, industry != '') AS industry,
  argMaxIf(country, time, country != '') AS country
FROM log WHERE type = 'account_profile' AND time <= (SELECT as_of FROM clock) GROUP BY account
""")
db.query("""
CREATE TABLE judged ENGINE = Memory AS
SELECT lead, account, activities, awareness, consideration, decision, score, raw,
  multiIf(known = 0, '', percent >= 80, 'A', percent >= 60, 'B', percent >= 40, 'C',
    percent >= 20, 'D', 'F') AS grade,
  if(known = 0, NULL, percent) AS percent,
  multiIf(decides AND score >= 31, 'buyer', score >= 31, 'champion', decides, 'decision-maker',
    title LIKE '%Analyst%' OR title LIKE '%Student%', 'researcher', '') AS persona
FROM (
  SELECT f.lead AS lead, f.account AS account, activities, awareness, consideration, decision,
    ifNull(f.raw, 0) + ifNull(b.raw, 0) AS raw,
    -- Half away from zero, in whole numbers.
    greatest(0, least(100, sign(raw) * intDiv(abs(raw) + 500000, 1000000))) AS score,
    if(f.job_title = '', c.job_title, f.job_title) AS title,
    coalesce(f.company_size, c.company_size) AS size,
    if(f.industry = '', c.industry, f.industry) AS field,
    if(f.country = '', c.country, f.country) AS land,
    title LIKE 'VP%' OR title LIKE '%Director%' OR title LIKE 'Chief %' AS decides,
    3 * (title != '') + 2 * (size IS NOT NULL) + 2 * (field != '') + (land != '') AS known,
    3 * multiIf(title = '', 0, decides, 100, title LIKE '%Manager%' OR title LIKE 'Head of %', 70,
        title LIKE '%Student%', 0, 40)
      + 2 * multiIf(size IS NULL, 0, size >= 1000, 100, size >= 50, 60, 20)
      + 2 * multiIf(field = '', 0, field IN ('software', 'retail', 'wholesale', 'finance'), 100, 25)
      + multiIf(land = '', 0, land IN ('EE', 'FI', 'SE', 'DE', 'NL'), 100, 50) AS worth,
    intDiv(2 * worth + known, greatest(1, 2 * known)) AS percent
  FROM folded AS f
  LEFT JOIN blog AS b ON b.lead = f.lead
  LEFT JOIN company AS c ON c.account = f.account)
""")

db.query(f"""
SELECT * FROM judged INTO OUTFILE '{out}/leads.csv' TRUNCATE FORMAT CSVWithNames
SETTINGS format_csv_null_representation = ''
""")
db.query(f"""
SELECT account, countIf(lead != '') AS leads, countIf(activities > 0) AS engaged,
  sum(score) AS total, if(leads = 0, NULL, max(score)) AS max,
  if(leads = 0, NULL, round(sum(score) / leads, 2)) AS mean,
  countIf(persona = 'buyer') AS buyers, countIf(persona = 'champion') AS champions,
  countIf(persona = 'decision-maker') AS decision_makers,
  countIf(persona = 'researcher') AS researchers,
  total >= 100 AND engaged >= 2 AND buyers >= 1 AS ready
FROM (
  SELECT account, lead, activities, score, persona FROM judged WHERE account != ''
  UNION ALL
  SELECT account, '', 0, 0, '' FROM company)
GROUP BY account
INTO OUTFILE '{out}/accounts.csv' TRUNCATE FORMAT CSVWithNames
SETTINGS format_csv_null_representation = ''
""")
