/// The definition that the contract shows, whole.
let sampleDefinition = #"""
  name: b2b
  timezone: Europe/Tallinn            # IANA name, default UTC: what a calendar day is
  journey: [awareness, consideration, decision]     # the buyer's stages, in order

  interactions:                       # what counts, and in which stage
    page-view:     { type: page_view }
    blog-view:     { type: page_view, path: "/blog/*", stage: awareness }
    pricing-view:  { type: page_view, path: ["/pricing", "/pricing/*"], stage: decision }
    long-read:     { type: page_view, duration: { min: 120 } }
    white-paper:   { type: download, asset: "*whitepaper*", stage: consideration }
    demo-request:  { type: form_fill, form: demo-request, stage: decision }
    careers-view:  { type: page_view, path: "/careers*" }

  scores:
    engagement:
      range: [0, 100]                 # optional
      half_life: 60d                  # optional; also: fade: 90d, expires: 365d
      inactivity: { after: 30d, points: -5, every: 30d }
      points:
        page-view: 1
        blog-view: { points: 3, limit: 3, per: day }
        pricing-view: { points: 8, cap: 40 }
        white-paper: { points: 10, once_per: asset }
        demo-request: { points: 30, half_life: 180d }
        careers-view: -10
      caps:
        - { interactions: [page-view, blog-view], points: 30 }
      bonuses:
        - { name: back-in-a-week, when: { visits@7d: { min: 2 } }, points: 8 }
    priority:
      blend: { percent.fit: 0.4, score.engagement: 0.6 }

  grades:
    fit:
      letters: { A: 80, B: 60, C: 40, D: 20, F: 0 }
      criteria:
        - attribute: job_title
          weight: 3
          values:
            - { is: ["VP*", "*Director*", "Chief *"], value: 100 }
            - { is: "*Student*", value: 0 }
          otherwise: 40
        - attribute: company_size
          weight: 2
          values: [ { min: 1000, value: 100 }, { min: 50, value: 60 } ]
    profile:                          # the other way to grade: a ladder of thirds of a letter
      start: D
      criteria:
        - { attribute: industry, is: [retail, wholesale], thirds: 2 }

  nps:
    answers: { type: form_fill, form: nps }
    value: fields.satisfaction
    scale: [1, 10]

  personas:
    role:                             # demographic
      - name: decision-maker
        when: { attribute.job_title: ["VP*", "*Director*", "Chief *"] }
      - name: champion
        when: { tally.awareness: { min: 10 }, visits: { min: 5 } }
      - name: information-gatherer
        when: { any: [ { count.white-paper: { min: 1 } }, { attribute.job_title: "*Analyst*" } ] }
    interest:                         # interest-based
      - { name: high,   when: { score.engagement: { min: 76 } } }
      - { name: medium, when: { score.engagement: { min: 31 } } }
      - { name: low }

  lists:
    sales-ready: { score.engagement: { min: 76 }, grade.fit: [A, B] }

  accounts:
    ready: { total.engagement: { min: 150 }, engaged: { min: 2 }, personas.role.decision-maker: { min: 1 } }

  examples:                           # what `check` proves before the night does
    - name: the same white paper twice counts once
      as_of: 2026-03-01T00:00:00Z
      events:                         # lead and id are filled in where absent
        - { time: 2026-03-01T00:00:00Z, type: download, asset: roi-whitepaper }
        - { time: 2026-03-01T00:00:00Z, type: download, asset: roi-whitepaper }
      expect: { score.engagement: 10, count.white-paper: 2, persona.role: information-gatherer }

  """#
