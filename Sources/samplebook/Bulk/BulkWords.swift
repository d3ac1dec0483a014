import Notation

/// The words that bulk events are made of.
struct BulkWords: Sendable {
  let firstNames = WordTable([
    "mia", "liam", "noor", "ivan", "sofia", "erik", "aino", "mateo", "lena", "omar", "julia", "kai",
    "zoe", "hugo", "nina", "samir",
  ])
  let lastNames = WordTable([
    "tamm", "berg", "silva", "novak", "meyer", "rossi", "dubois", "kask", "okafor", "haas", "lund",
    "popov",
    "garcia", "smith", "jansen", "virtanen",
  ])
  let companies = WordTable([
    "nordvik", "alder", "bluefin", "castor", "delta", "elmwood", "fjord", "granit", "helix",
    "ironbay",
    "juniper", "kestrel", "lumen", "mistral", "nimbus", "orchard",
  ])
  let pages = WordTable([
    "/", "/product/overview", "/product/scoring", "/product/replay", "/product/integrations",
    "/pricing",
    "/pricing/enterprise", "/blog/lead-scoring-basics", "/blog/why-scores-decay",
    "/blog/sales-and-marketing", "/blog/five-signals", "/blog/clean-data", "/docs/start",
    "/docs/events",
    "/docs/pipeline", "/docs/snapshots", "/customers", "/customers/granit-energy",
    "/compare/spreadsheets",
    "/compare/crm-built-in", "/careers", "/careers/engineer", "/about", "/contact",
  ])
  let assets = WordTable([
    "roi-whitepaper.pdf", "buyers-guide-whitepaper.pdf", "scoring-checklist.pdf",
    "product-sheet.pdf",
    "benchmark-whitepaper.pdf", "integration-guide.pdf",
  ])
  let forms = WordTable([
    "newsletter", "webinar-registration", "contact", "demo-request", "trial", "event-signup",
  ])
  let campaigns = WordTable([
    "spring-launch", "summer-webinar", "autumn-guide", "year-end", "partner-mailing", "retargeting",
    "brand-search", "newsletter-monthly",
  ])
  let channels = WordTable(["email", "paid-search", "social", "display", "organic", "partner"])
  let queries = WordTable([
    "lead scoring", "lead scoring model", "marketing automation", "crm scoring", "b2b intent data",
    "score decay", "nps by account", "open source lead scoring",
  ])
  let titles = WordTable([
    "VP Marketing", "Marketing Director", "Chief Revenue Officer", "Sales Manager",
    "Marketing Manager",
    "Data Analyst", "Marketing Analyst", "Software Engineer", "Consultant", "Student",
    "Sales Engineer",
    "Head of Growth",
  ])
  let industries = WordTable([
    "software", "retail", "wholesale", "manufacturing", "finance", "healthcare", "logistics",
    "education",
  ])
  let countries = WordTable(["EE", "FI", "SE", "DE", "NL", "FR", "GB", "US", "NO", "PL"])
  let days: WordTable

  /// Prepares the words, and the dates of so many days from the first.
  init(firstDay: Int64, dayCount: Int) {
    days = WordTable(
      (0..<dayCount).map { day in
        String(timeText(milliseconds: (firstDay + Int64(day)) * 86_400_000).prefix(10))
      })
  }
}
