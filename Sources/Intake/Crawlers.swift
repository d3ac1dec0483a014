/// Returns whether a user agent is that of a known program that acts by itself.
///
/// A page got by a crawler, a feed reader, a monitor or a script says nothing about a person. Programs that
/// pass themselves off as browsers cannot be told from the agent, and are kept.
func isCrawler(agent: String) -> Bool {
  let lowered = Array(agent.lowercased().utf8)
  // Phones of this make have a name that only sounds like one.
  let named = replacing(Array("cubot".utf8), in: lowered)
  return crawlerMarks.contains { contains(named, $0) } || crawlerAgents.contains(agent)
}

/// Parts of the agents of crawlers, lowercase.
///
/// Browsers do not give an address to ask questions at; that alone tells most of the honest ones.
private let crawlerMarks: [[UInt8]] = [
  "bot", "crawl", "spider", "slurp", "archiver", "+http", "@", "scrape", "scrapy", "ezooms",
  "feed", "rss", "newsblur", "netnewswire", "akregator", "liferea", "newsbeuter", "newsboat",
  "simplepie",
  "magpie", "bloglines", "planet", "fetch", "curl", "wget", "libwww", "lwp", "python", "urllib",
  "aiohttp",
  "java/", "ruby", "perl", "php/", "go-http-client", "okhttp", "httpclient", "http_request",
  "axios",
  "node-fetch", "guzzle", "winhttp", "powershell", "chef client", "puppet", "monitor", "pingdom",
  "uptime", "statuscake", "site24x7", "nagios", "check_http", "newrelic", "datadog", "gomez",
  "keynote",
  "headless", "phantomjs", "lighthouse", "pagespeed", "validator", "linkcheck", "link check",
  "xenu",
  "facebookexternalhit", "whatsapp/", "preview", "embedly", "mediapartners", "google-",
  "wordpress/",
  "drupal", "netcraft", "nmap", "masscan", "zgrab", "nikto", "sqlmap", "scanner", "proximic",
  "yahoo! ",
  "ia_archive", "heritrix", "nutch", "httrack", "offline explorer", "teleport", "indexer",
  "apachebench",
  "siege", "portscout", "sourcer", "oldreader", "reeder", "genieo", "indy library",
  "kube-probe", "healthcheck", "health-check", "health check", "googlehc", "route53", "prometheus",
  "blackbox", "zabbix", "nodeping", "monit/", "siteaudit", "site audit", "censys", "haproxy",
  "consul",
  "icinga", "sensu", "dynatrace", "ruxit", "catchpoint", "appdynamics", "synthetic", "checkly",
  "hetrix",
  "expanse", "l9explore", "internet-measurement", "netsystemsresearch", "chatgpt", "perplexity",
].map { Array($0.utf8) }

/// Whole agents of programs that fetch ahead for people, which is not a visit.
private let crawlerAgents: Set<String> = [
  "Mozilla/4.0 (compatible;)", "Mozilla/5.0", "Mozilla/4.0",
]

private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
  guard let first = part.first, text.count >= part.count else { return false }
  for start in 0...(text.count - part.count) where text[start] == first {
    if text[start..<start + part.count].elementsEqual(part) { return true }
  }
  return false
}

/// Returns `text` without any `part`.
private func replacing(_ part: [UInt8], in text: [UInt8]) -> [UInt8] {
  guard contains(text, part) else { return text }
  var result: [UInt8] = []
  var rest = text[...]
  while !rest.isEmpty {
    if rest.starts(with: part) {
      rest = rest.dropFirst(part.count)
    } else if let byte = rest.popFirst() {
      result.append(byte)
    }
  }
  return result
}
