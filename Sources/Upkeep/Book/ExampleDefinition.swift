import Definition

/// The definition a new book begins with: small, and explained for a marketer.
let exampleDefinition = """
  # What your leads are worth. `scorebook check pipeline.yaml` proves it, `scorebook run` applies it.
  name: first
  timezone: UTC                       # what a calendar day is
  journey: [awareness, consideration, decision]

  interactions:                       # what counts, and in which stage of the journey
    page-view:    { type: page_view }
    blog-view:    { type: page_view, path: "/blog/*", stage: awareness }
    download:     { type: download, stage: consideration }
    pricing-view: { type: page_view, path: "/pricing*", stage: decision }
    form-fill:    { type: form_fill, stage: decision }

  scores:
    engagement:                       # behaviour, 0 to 100
      range: [0, 100]
      half_life: 60d                  # what is 60 days old counts half
      points:
        page-view: { points: 1, limit: 10, per: day }
        blog-view: 3
        download: { points: 10, once_per: asset }
        pricing-view: { points: 8, cap: 40 }
        form-fill: 30

  personas:
    interest:
      - { name: high, when: { score.engagement: { min: 76 } } }
      - { name: medium, when: { score.engagement: { min: 31 } } }
      - { name: low }

  lists:
    sales-ready: { score.engagement: { min: 76 } }

  examples:
    - name: a download today counts in full
      as_of: 2026-03-01T00:00:00Z
      events:
        - { time: 2026-03-01T00:00:00Z, type: download, asset: guide.pdf }
      expect: { score.engagement: 10, persona.interest: low }

  """
