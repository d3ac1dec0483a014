/// The words of the sample: a company that sells software for lead scoring, and its visitors.
enum SampleWords {
  static let blog = [
    "what-is-lead-scoring", "why-scores-decay", "five-buying-signals",
    "sales-and-marketing-alignment",
    "fit-versus-interest", "the-anonymous-visitor", "how-we-measure-intent", "clean-your-crm",
    "from-mql-to-revenue", "scoring-for-small-teams", "nps-by-account", "buying-committees",
    "event-logs-explained", "replay-your-history", "three-scoring-mistakes", "when-to-call",
    "content-that-converts", "attribution-is-hard", "webinars-that-work", "the-quiet-champion",
    "gdpr-and-scoring", "year-in-review", "inside-our-roadmap", "from-spreadsheet-to-model",
  ].map { "/blog/\($0)" }
  static let pricing = ["/pricing", "/pricing", "/pricing/enterprise", "/pricing/calculator"]
  static let compare = ["spreadsheets", "crm-scoring", "marketmatch", "build-or-buy"].map {
    "/compare/\($0)"
  }
  static let product = [
    "/", "/", "/product", "/product/lead-scoring", "/product/routing", "/product/integrations",
    "/product/security", "/product/analytics", "/customers", "/customers/baltic-freight",
    "/customers/orava-retail", "/customers/kivi-health",
  ]
  static let docs = [
    "getting-started", "api/events", "api/scores", "import", "webhooks", "sso", "pipelines",
    "snapshots",
    "troubleshooting", "release-notes",
  ].map { "/docs/\($0)" }
  static let careers = [
    "/careers", "/careers", "/careers/backend-engineer", "/careers/account-executive",
    "/careers/product-designer", "/about",
  ]
  static let whitePapers = [
    "roi-whitepaper.pdf", "buyers-guide-whitepaper.pdf", "scoring-benchmark-whitepaper.pdf",
    "security-whitepaper.pdf",
  ]
  static let otherAssets = ["product-sheet.pdf", "scoring-checklist.pdf", "integration-guide.pdf"]
  static let webinars = ["scoring-live", "ask-the-analysts", "crm-clinic", "intent-data-101"]
  static let campaigns = [
    "launch-scoring-3", "roi-guide", "spring-webinar", "autumn-webinar", "partner-day",
    "retargeting-pricing",
    "brand-search", "customer-stories",
  ]
  static let mailings = [
    "monthly-news", "onboarding-tips", "roi-guide", "webinar-invite", "case-study",
  ]
  static let channels = ["paid-search", "social", "display", "partner", "event"]
  static let queries = [
    "lead scoring software", "lead scoring model example", "b2b lead scoring", "crm lead scoring",
    "how to score leads", "lead scoring vs grading", "open source lead scoring",
    "marketmatch alternative",
    "predictive lead scoring", "lead decay half life",
  ]
  static let siteQueries = [
    "pricing api", "sso", "webhook retry", "import csv", "half life", "delete a lead",
  ]
  static let firstNames = [
    "aino", "amira", "anders", "anna", "bruno", "carla", "daniel", "elena", "emil", "erik",
    "fatima", "felix",
    "greta", "hanna", "hugo", "ida", "ines", "ivan", "jana", "jonas", "julia", "kai", "karin",
    "lars", "laura",
    "lena", "liam", "lucas", "maja", "marco", "maria", "mateo", "mia", "mikk", "nadia", "nina",
    "noor", "olav",
    "omar", "paula", "pavel", "petra", "rasmus", "robert", "sara", "silvia", "sofia", "stefan",
    "tanel", "teresa",
    "tiina", "tom", "vera", "viktor", "wanda", "yusuf", "zoe",
  ]
  static let lastNames = [
    "aalto", "andersen", "bauer", "becker", "berg", "bianchi", "costa", "dahl", "dubois", "eriksen",
    "fischer",
    "garcia", "haas", "hansen", "horvat", "ivanova", "jansen", "kallas", "kask", "keller",
    "korhonen", "kowalski",
    "laine", "larsen", "lindgren", "lopez", "lund", "martin", "meyer", "moreau", "nagy", "nowak",
    "okafor", "olsen",
    "petrov", "popescu", "rebane", "ricci", "roberts", "rossi", "saar", "sand", "santos", "schmidt",
    "silva",
    "smith", "sokolov", "tamm", "virtanen", "vogel", "walker", "weber", "wolf", "young",
  ]
  static let companyStarts = [
    "alder", "arctic", "aster", "baltic", "birch", "bluefin", "cedar", "cobalt", "corvus", "delta",
    "ember", "fjord",
    "granit", "harbor", "helix", "iron", "juniper", "kestrel", "lumen", "maple", "mistral",
    "nimbus", "nordvik",
    "oak", "orava", "pine", "quartz", "raven", "sable", "tundra", "umbra", "vesper", "willow",
    "zephyr",
  ]
  static let companyEnds = [
    "analytics", "bank", "care", "energy", "foods", "freight", "group", "labs", "logistics",
    "media", "metals", "motors",
    "networks", "partners", "retail", "software", "systems", "textiles", "trade", "works",
  ]
  static let industries = [
    "software", "software", "retail", "wholesale", "manufacturing", "manufacturing", "finance",
    "healthcare",
    "logistics", "media",
  ]
  /// The industries that the sample's company sells to best.
  static let bestIndustries: Set<String> = [
    "software", "retail", "wholesale", "finance", "logistics",
  ]
  static let countries = [
    "EE", "FI", "SE", "NO", "DE", "DE", "NL", "FR", "GB", "GB", "US", "US", "PL", "ES",
  ]
}
