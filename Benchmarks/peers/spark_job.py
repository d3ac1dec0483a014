"""The job of bench.yaml in Spark: spark_job.py LOG OUT AS_OF writes OUT/leads.csv and accounts.csv.

One machine, all cores, Spark's own JSON reader with a given schema, the log cached in memory. What is
left out is said in duckdb_job.py, and is the same. The JVM is waited for, so that whoever measures this
process measures that one too.
"""

import glob
import os
import shutil
import sys

from pyspark import SparkContext
from pyspark.sql import SparkSession

log, out, as_of = sys.argv[1:4]
spark = (
    SparkSession.builder.master("local[*]").appName("bench")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "8g")
    .config("spark.sql.session.timeZone", "UTC")
    # As many as keep all cores busy; the usual 200 are meant for a cluster.
    .config("spark.sql.shuffle.partitions", str(4 * os.cpu_count()))
    .config("spark.log.level", "ERROR")
    .getOrCreate())


def view(name, query, is_kept=False):
    frame = spark.sql(query)
    if is_kept:
        frame = frame.cache()
    frame.createOrReplaceTempView(name)


def latest(value, name):
    """The last value there is, by time."""
    return f"max_by({value}, CASE WHEN {value} IS NOT NULL THEN time END) AS {name}"


spark.read.schema("""
  id STRING, time STRING, type STRING, lead STRING, account STRING, `from` STRING, path STRING,
  url STRING, asset STRING, form STRING,
  fields STRUCT<job_title: STRING, company_size: DOUBLE, industry: STRING, country: STRING>
""").json(sorted(glob.glob(f"{log}/**/*.ndjson.gz", recursive=True))).createTempView("lines")
view("log", r"""
SELECT id, unix_millis(CAST(time AS TIMESTAMP)) AS time, type, lead, account, `from`, asset, form,
  fields, CASE WHEN type = 'page_view' THEN coalesce(
    path, regexp_extract(url, r'^(?:[^:/?#]+:)?(?://[^/?#]*)?([^?#]*)', 1)) END AS path
FROM lines
""", is_kept=True)
end = f"unix_millis(TIMESTAMP '{as_of.rstrip('Z')}')"

# Whom a forget reaches, until when; then which keys are other names of whom.
view("forgotten", """
WITH forget AS (SELECT lead, time FROM log WHERE type = 'forget'),
  merge AS (SELECT lead, `from`, time FROM log WHERE type = 'merge')
SELECT key, max(time) AS until FROM (
  SELECT lead AS key, time FROM forget
  UNION ALL
  SELECT m.`from`, f.time FROM forget f JOIN merge m ON m.lead = f.lead AND m.time <= f.time)
GROUP BY key
""", is_kept=True)
view("names", """
SELECT `from` AS key, max_by(lead, time) AS name
FROM log LEFT JOIN forgotten f ON f.key = log.lead
WHERE type = 'merge' AND (f.until IS NULL OR log.time > f.until)
GROUP BY `from`
""", is_kept=True)
view("named", f"""
SELECT coalesce(n.name, log.lead) AS lead, id, time, type, account, asset, form, fields, path
FROM log LEFT JOIN names n ON n.key = log.lead LEFT JOIN forgotten f ON f.key = log.lead
WHERE type NOT IN ('forget', 'account_profile') AND log.time <= {end}
  AND (f.until IS NULL OR log.time > f.until)
""")

view("event", f"""
SELECT *, pow(0.5D, ({end} - time) / 2592000000D) * 1e6D AS weight
FROM (SELECT *, row_number() OVER (PARTITION BY lead, id ORDER BY time) AS copy FROM named)
WHERE copy = 1
""", is_kept=True)

view("folded", f"""
SELECT lead,
  {latest("account", "account")},
  {latest("fields.job_title", "job_title")},
  {latest("fields.company_size", "company_size")},
  {latest("fields.industry", "industry")},
  {latest("fields.country", "country")},
  count(*) FILTER (WHERE
    type IN ('page_view', 'campaign_touch', 'email_click', 'download', 'search')
    OR form IN ('webinar-registration', 'demo-request')) AS activities,
  count(*) FILTER (WHERE path LIKE '/blog/%' OR type IN ('campaign_touch', 'email_click'))
    AS awareness,
  count(*) FILTER (WHERE path LIKE '/compare/%' OR form = 'webinar-registration'
    OR (type = 'download' AND asset LIKE '%whitepaper%')) AS consideration,
  count(*) FILTER (WHERE path = '/pricing' OR path LIKE '/pricing/%' OR form = 'demo-request')
    AS decision,
  sum(CAST(CASE type
    WHEN 'page_view' THEN round(weight) + CASE
      WHEN path LIKE '/compare/%' THEN round(6 * weight)
      WHEN path = '/pricing' OR path LIKE '/pricing/%' THEN round(8 * weight)
      WHEN path LIKE '/careers%' THEN round(-10 * weight)
      ELSE 0 END
    WHEN 'campaign_touch' THEN round(2 * weight)
    WHEN 'email_click' THEN round(4 * weight)
    WHEN 'download' THEN CASE WHEN asset LIKE '%whitepaper%' THEN round(10 * weight)
      ELSE round(5 * weight) END
    WHEN 'form_fill' THEN CASE form WHEN 'webinar-registration' THEN round(12 * weight)
      WHEN 'demo-request' THEN round(30 * weight) ELSE 0 END
    WHEN 'search' THEN round(weight)
    ELSE 0 END AS BIGINT)) AS raw
FROM event GROUP BY lead
""")
# At most three blog views a day, the first ones.
view("blog", """
SELECT lead, sum(CAST(round(3 * weight) AS BIGINT)) AS raw FROM (
  SELECT lead, weight,
    row_number() OVER (PARTITION BY lead, time DIV 86400000 ORDER BY time) AS place
  FROM event WHERE path LIKE '/blog/%')
WHERE place <= 3 GROUP BY lead
""")

view("company", f"""
SELECT account,
  {latest("fields.job_title", "job_title")},
  {latest("fields.company_size", "company_size")},
  {latest("fields.industry", "industry")},
  {latest("fields.country", "country")}
FROM log WHERE type = 'account_profile' AND time <= {end} GROUP BY account
""", is_kept=True)
view("judged", """
WITH summed AS (
  SELECT f.lead, f.account, activities, awareness, consideration, decision,
    f.raw + coalesce(b.raw, 0) AS raw,
    coalesce(f.job_title, c.job_title) AS job_title,
    coalesce(f.company_size, c.company_size) AS company_size,
    coalesce(f.industry, c.industry) AS industry,
    coalesce(f.country, c.country) AS country
  FROM folded f LEFT JOIN blog b ON b.lead = f.lead LEFT JOIN company c ON c.account = f.account),
scored AS (
  SELECT *,
    -- Half away from zero, in whole numbers.
    greatest(0, least(100, (CASE WHEN raw < 0 THEN -1 ELSE 1 END)
      * ((abs(raw) + 500000) DIV 1000000))) AS score,
    job_title LIKE 'VP%' OR job_title LIKE '%Director%' OR job_title LIKE 'Chief %' AS decides,
    CASE WHEN job_title IS NULL THEN 0 ELSE 3 END + CASE WHEN company_size IS NULL THEN 0 ELSE 2 END
      + CASE WHEN industry IS NULL THEN 0 ELSE 2 END + CASE WHEN country IS NULL THEN 0 ELSE 1 END
      AS known,
    2 * CASE WHEN company_size IS NULL THEN 0 WHEN company_size >= 1000 THEN 100
        WHEN company_size >= 50 THEN 60 ELSE 20 END
      + 2 * CASE WHEN industry IS NULL THEN 0
        WHEN industry IN ('software', 'retail', 'wholesale', 'finance') THEN 100 ELSE 25 END
      + CASE WHEN country IS NULL THEN 0
        WHEN country IN ('EE', 'FI', 'SE', 'DE', 'NL') THEN 100 ELSE 50 END AS others
  FROM summed),
graded AS (
  SELECT *, CASE WHEN known > 0 THEN (2 * (others
    + 3 * CASE WHEN job_title IS NULL THEN 0 WHEN decides THEN 100
        WHEN job_title LIKE '%Manager%' OR job_title LIKE 'Head of %' THEN 70
        WHEN job_title LIKE '%Student%' THEN 0 ELSE 40 END) + known) DIV (2 * known) END AS percent
  FROM scored)
SELECT lead, account, activities, awareness, consideration, decision, score, raw,
  CASE WHEN percent >= 80 THEN 'A' WHEN percent >= 60 THEN 'B' WHEN percent >= 40 THEN 'C'
    WHEN percent >= 20 THEN 'D' WHEN percent >= 0 THEN 'F' END AS grade,
  percent,
  CASE WHEN decides AND score >= 31 THEN 'buyer' WHEN score >= 31 THEN 'champion'
    WHEN decides THEN 'decision-maker'
    WHEN job_title LIKE '%Analyst%' OR job_title LIKE '%Student%' THEN 'researcher' END AS persona
FROM graded
""", is_kept=True)
view("accounts", """
SELECT *, total >= 100 AND engaged >= 2 AND buyers >= 1 AS ready FROM (
  SELECT coalesce(j.account, c.account) AS account, count(lead) AS leads,
    count(*) FILTER (WHERE activities > 0) AS engaged,
    coalesce(sum(score), 0) AS total, max(score) AS max, round(avg(score), 2) AS mean,
    count(*) FILTER (WHERE persona = 'buyer') AS buyers,
    count(*) FILTER (WHERE persona = 'champion') AS champions,
    count(*) FILTER (WHERE persona = 'decision-maker') AS decision_makers,
    count(*) FILTER (WHERE persona = 'researcher') AS researchers
  FROM (SELECT * FROM judged WHERE account IS NOT NULL) j
    FULL JOIN company c ON c.account = j.account
  GROUP BY coalesce(j.account, c.account))
""")


def write(name):
    """Spark writes a folder of parts; the others write one file."""
    folder = f"{out}/{name}.parts"
    spark.table(name).write.mode("overwrite").option("header", True).csv(folder)
    parts = sorted(glob.glob(f"{folder}/part-*.csv"))
    with open(f"{out}/{'leads' if name == 'judged' else name}.csv", "wb") as whole:
        for number, part in enumerate(parts):
            with open(part, "rb") as file:
                header = file.readline()
                if number == 0:
                    whole.write(header)
                shutil.copyfileobj(file, whole)
    shutil.rmtree(folder)


write("judged")
write("accounts")
spark.stop()
machine = SparkContext._gateway.proc
machine.stdin.close()
machine.wait()
