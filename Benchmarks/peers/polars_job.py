"""The job of bench.yaml in Polars: polars_job.py LOG OUT AS_OF writes OUT/leads.csv and accounts.csv.

One process, all cores, Polars' own NDJSON reader with a given schema. What is left out is said in
duckdb_job.py, and is the same.
"""

import glob
import sys

import polars as pl
from polars import col, lit, when

log, out, as_of = sys.argv[1:4]
schema = {
    "id": pl.String, "time": pl.String, "type": pl.String, "lead": pl.String,
    "account": pl.String, "from": pl.String, "path": pl.String, "url": pl.String,
    "asset": pl.String, "form": pl.String,
    "fields": pl.Struct({
        "job_title": pl.String, "company_size": pl.Float64, "industry": pl.String,
        "country": pl.String}),
}
files = sorted(glob.glob(f"{log}/**/*.ndjson.gz", recursive=True))
end = int(pl.Series([as_of]).str.to_datetime(time_zone="UTC", time_unit="ms").dt.epoch("ms")[0])
attributes = ["job_title", "company_size", "industry", "country"]

events = (
    pl.concat([pl.scan_ndjson(file, schema=schema) for file in files])
    .with_columns(
        time=col("time").str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="ms").dt.epoch("ms"),
        path=when(col("type") == "page_view").then(pl.coalesce(
            col("path"), col("url").str.extract(r"^(?:[^:/?#]+:)?(?://[^/?#]*)?([^?#]*)"))),
        order=pl.int_range(pl.len()))
    .drop("url").unnest("fields").collect(engine="streaming"))

# Whom a forget reaches, until when; then which keys are other names of whom.
forgets = events.filter(col("type") == "forget").select("lead", until="time")
merges = events.filter(col("type") == "merge").select("lead", "from", "time")
forgotten = pl.concat([
    forgets.select(key="lead", until="until"),
    merges.join(forgets, on="lead").filter(col("time") <= col("until")).select(
        key="from", until="until"),
]).group_by("key").agg(col("until").max())
names = (
    merges.join(forgotten, left_on="lead", right_on="key", how="left")
    .filter(col("until").is_null() | (col("time") > col("until")))
    .sort("time").group_by("from").agg(name=col("lead").last()))

named = (
    events.lazy()
    .filter(~col("type").is_in(["forget", "account_profile"]), col("time") <= end)
    .join(forgotten.lazy(), left_on="lead", right_on="key", how="left")
    .filter(col("until").is_null() | (col("time") > col("until")))
    .join(names.lazy(), left_on="lead", right_on="from", how="left")
    .with_columns(lead=pl.coalesce("name", "lead"))
    .sort("time", "order").unique(["lead", "id"], keep="first", maintain_order=True))

kind, path, form = col("type"), col("path"), col("form")
paper = (kind == "download") & col("asset").str.contains("whitepaper", literal=True)
blog = path.str.starts_with("/blog/").fill_null(False)
compare = path.str.starts_with("/compare/").fill_null(False)
pricing = ((path == "/pricing") | path.str.starts_with("/pricing/")).fill_null(False)
careers = path.str.starts_with("/careers").fill_null(False)
webinar = ((kind == "form_fill") & (form == "webinar-registration")).fill_null(False)
demo = ((kind == "form_fill") & (form == "demo-request")).fill_null(False)
weight = lit(0.5).pow((end - col("time")) / 2592000000.0) * 1e6


def worth(points, met):
    # Rounding half away from zero, as floor of what is half more; signs apart.
    value = (weight * abs(points) + 0.5).floor().cast(pl.Int64) * (1 if points > 0 else -1)
    return when(met).then(value).otherwise(0)


folded = (
    named.with_columns(
        blog=blog,
        day=col("time") // 86400000,
        awareness=blog | kind.is_in(["campaign_touch", "email_click"]),
        consideration=compare | webinar | paper.fill_null(False),
        decision=pricing | demo,
        active=kind.is_in(["page_view", "campaign_touch", "email_click", "download", "search"])
        | webinar | demo,
        raw=worth(1, kind == "page_view") + worth(6, compare) + worth(8, pricing)
        + worth(-10, careers) + worth(2, kind == "campaign_touch")
        + worth(4, kind == "email_click") + worth(10, paper.fill_null(False))
        + worth(5, (kind == "download") & ~paper.fill_null(False)) + worth(12, webinar)
        + worth(30, demo) + worth(1, kind == "search"),
        blog_raw=worth(3, blog))
    .with_columns(nth=when("blog").then(col("blog").cum_sum().over("lead", "day")))
    .with_columns(raw=col("raw") + when(col("nth") <= 3).then("blog_raw").otherwise(0))
    .group_by("lead").agg(
        col("account").drop_nulls().last(),
        *[col(name).drop_nulls().last() for name in attributes],
        activities=col("active").sum(),
        **{stage: col(stage).sum() for stage in ["awareness", "consideration", "decision"]},
        raw=col("raw").sum())
    .collect())

companies = (
    events.filter(col("type") == "account_profile", col("time") <= end).sort("time")
    .group_by("account").agg(col(name).drop_nulls().last() for name in attributes))
title = col("job_title")
decides = (title.str.starts_with("VP") | title.str.contains("Director", literal=True)
           | title.str.starts_with("Chief "))
judged = (
    folded.join(companies, on="account", how="left", suffix="_company")
    .with_columns(pl.coalesce(name, f"{name}_company").alias(name) for name in attributes)
    .with_columns(
        score=(col("raw").sign() * ((col("raw").abs() + 500000) // 1000000)).clip(0, 100),
        decides=decides.fill_null(False),
        known=title.is_not_null() * 3 + col("company_size").is_not_null() * 2
        + col("industry").is_not_null() * 2 + col("country").is_not_null() * 1,
        worth=3 * when(title.is_null()).then(0).when(decides).then(100)
        .when(title.str.contains("Manager", literal=True) | title.str.starts_with("Head of "))
        .then(70).when(title.str.contains("Student", literal=True)).then(0).otherwise(40)
        + 2 * when(col("company_size").is_null()).then(0).when(col("company_size") >= 1000)
        .then(100).when(col("company_size") >= 50).then(60).otherwise(20)
        + 2 * when(col("industry").is_null()).then(0)
        .when(col("industry").is_in(["software", "retail", "wholesale", "finance"]))
        .then(100).otherwise(25)
        + when(col("country").is_null()).then(0)
        .when(col("country").is_in(["EE", "FI", "SE", "DE", "NL"])).then(100).otherwise(50))
    .with_columns(percent=when(col("known") > 0).then(
        (2 * col("worth") + col("known")) // (2 * col("known"))))
    .with_columns(
        grade=when(col("percent") >= 80).then(lit("A")).when(col("percent") >= 60).then(lit("B"))
        .when(col("percent") >= 40).then(lit("C")).when(col("percent") >= 20).then(lit("D"))
        .when(col("percent") >= 0).then(lit("F")),
        persona=when(col("decides") & (col("score") >= 31)).then(lit("buyer"))
        .when(col("score") >= 31).then(lit("champion"))
        .when("decides").then(lit("decision-maker"))
        .when(title.str.contains("Analyst", literal=True)
              | title.str.contains("Student", literal=True)).then(lit("researcher"))))

judged.select(
    "lead", "account", "activities", "awareness", "consideration", "decision", "score", "raw",
    "grade", "percent", "persona").write_csv(f"{out}/leads.csv")
(
    judged.filter(col("account").is_not_null()).group_by("account").agg(
        leads=pl.len(), engaged=(col("activities") > 0).sum(), total=col("score").sum(),
        max=col("score").max(), mean=col("score").mean().round(2),
        buyers=(col("persona") == "buyer").sum(),
        champions=(col("persona") == "champion").sum())
    .join(companies.select("account"), on="account", how="full", coalesce=True)
    .write_csv(f"{out}/accounts.csv"))
