import Foundation
import Testing

/// An export of a tool, written as its documentation shows it, and the options that take it in.
struct ToolExport: CustomTestStringConvertible {
  let tool: String
  let options: [String]
  let text: String
  let events: Int

  var testDescription: String { tool }

  static let all: [ToolExport] = [
    ToolExport(
      tool: "HubSpot contacts (CSV)",
      options: [
        "--from", "csv", "--set", "type=profile", "--map", "lead=Email", "--map",
        "time=Last Modified Date", "--map", "fields.job_title=Job Title", "--map",
        "account=Associated Company",
      ],
      text: #"""
        Record ID,First Name,Last Name,Email,Job Title,Associated Company,Create Date,Last Modified Date
        51,Ada,L,ada@acme.example,VP Sales,Acme,2026-01-10 09:12,2026-01-15 15:45
        52,Bob,P,bob@pine.example,,Pine,2026-01-11 10:00,2026-01-16 09:00

        """#, events: 2),
    ToolExport(
      tool: "Salesforce opportunities (report CSV)",
      options: [
        "--from", "csv", "--set", "type=outcome", "--map", "lead=Email", "--map", "time=Close Date",
        "--map", "outcome=Stage", "--translate", "outcome:Closed Won=won", "--translate",
        "outcome:Closed Lost=lost", "--dates", "mdy", "--skip-foot", "2",
      ],
      text: #"""
        "Opportunity Name","Stage","Close Date","Email"
        "Acme team","Closed Won","1/15/2026","ada@acme.example"
        "Pine","Closed Lost","1/16/2026","bob@pine.example"
        "My report"
        "Copyright (c) 2026"

        """#, events: 2),
    ToolExport(
      tool: "Marketo activities (bulk extract CSV)",
      options: [
        "--from", "csv", "--map", "lead=leadId", "--map", "time=activityDate", "--map",
        "id=marketoGUID", "--map", "type=activityTypeId", "--translate", "type:1=page_view",
        "--translate", "type:2=form_fill",
      ],
      text: #"""
        marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes
        122323,6,2026-01-15T06:56:35+0000,1,11,5,www.example.com/pricing,"{""Webpage URL"":""/pricing""}"
        122324,7,2026-01-15T06:57:35+0000,2,11,6,Contact,"{}"

        """#, events: 2),
    ToolExport(
      tool: "Pipedrive deals (CSV)",
      options: [
        "--from", "csv", "--set", "type=outcome", "--set", "outcome=won", "--map",
        "lead=Person - Email", "--map", "time=Deal - Won time",
      ],
      text: #"""
        Deal - Title,Deal - Value,Person - Email,Deal - Won time
        Acme,"1,200",ada@acme.example,2026-01-15 15:45:00

        """#, events: 1),
    ToolExport(
      tool: "Mailchimp click activity (CSV)",
      options: [
        "--from", "csv", "--set", "type=email_click", "--map", "lead=Email Address", "--map",
        "time=Timestamp", "--map", "url=URL",
      ],
      text: #"""
        Email Address,URL,Timestamp
        ada@acme.example,https://acme.example/a,2026-01-15 15:45:07

        """#, events: 1),
    ToolExport(
      tool: "Google Forms (CSV)",
      options: [
        "--from", "csv", "--set", "type=form_fill", "--set", "form=nps", "--map", "time=Timestamp",
        "--map", "lead=Email Address", "--map", "fields.nps=How likely are you to recommend us?",
      ],
      text: #"""
        Timestamp,Email Address,How likely are you to recommend us?
        2026/01/15 3:45:00 PM GMT+2,ada@acme.example,9

        """#, events: 1),
    ToolExport(
      tool: "Microsoft Forms (saved as CSV)",
      options: [
        "--from", "csv", "--set", "type=form_fill", "--map", "time=Completion time", "--map",
        "lead=Email", "--map", "fields.nps=How likely?", "--dates", "mdy",
      ],
      text: #"""
        ID,Start time,Completion time,Email,Name,How likely?
        1,1/15/26 15:41:02,1/15/26 15:45:10,ada@acme.example,Ada,9

        """#, events: 1),
    ToolExport(
      tool: "SurveyMonkey (CSV)",
      options: [
        "--from", "csv", "--set", "type=form_fill", "--map", "id=Respondent ID", "--map",
        "time=End Date", "--map", "lead=Email Address", "--map", "fields.nps=How likely?",
        "--number", "fields.nps", "--dates", "mdy",
      ],
      text: #"""
        Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,How likely?
        ,,,,,,Response
        114,99,01/15/2026 03:41:02 PM,01/15/2026 03:45:10 PM,203.0.113.7,ada@acme.example,9 - Extremely likely

        """#, events: 1),
    ToolExport(
      tool: "Typeform responses (JSON)",
      options: [
        "--from", "json", "--records", "items", "--set", "type=form_fill", "--map",
        "id=response_id", "--map", "lead=hidden.email", "--map", "time=submitted_at", "--map",
        "fields.nps=answers.nps.number",
      ],
      text: #"""
        {"total_items":1,"page_count":1,"items":[{"landing_id":"l","token":"t","response_id":"r-1","landed_at":"2026-01-15T15:41:00Z","submitted_at":"2026-01-15T15:45:00Z","hidden":{"email":"ada@acme.example"},"answers":[{"field":{"id":"JwWggjAKtOkA","type":"opinion_scale","ref":"nps"},"type":"number","number":9}]}]}

        """#, events: 1),
    ToolExport(
      tool: "Calendly invitees (CSV)",
      options: [
        "--from", "csv", "--set", "type=meeting", "--map", "lead=Invitee Email", "--map",
        "time=Start Date & Time", "--map", "name=Event Type Name",
      ],
      text: #"""
        Event Type Name,Start Date & Time,End Date & Time,Invitee Name,Invitee Email,Canceled
        30 Minute Meeting,2026-01-15 03:45 pm,2026-01-15 04:15 pm,Ada,ada@acme.example,false

        """#, events: 1),
    ToolExport(
      tool: "Mixpanel (raw export)",
      options: [
        "--from", "json", "--map", "type=event", "--map", "lead=properties.distinct_id", "--map",
        "id=properties.$insert_id", "--map", "time=properties.time", "--map",
        "properties=properties",
      ],
      text: #"""
        {"event":"Signed Up","properties":{"time":1768491900,"distinct_id":"ada","$insert_id":"a1","$browser":"Chrome","plan":"team"}}

        """#, events: 1),
    ToolExport(
      tool: "Amplitude (export API)",
      options: [
        "--from", "json", "--map", "id=uuid", "--map", "type=event_type", "--map",
        "time=event_time", "--map", "lead=user_id", "--map", "lead=device_id", "--map",
        "properties=event_properties",
      ],
      text: #"""
        {"uuid":"u1","user_id":null,"device_id":"d1","event_type":"Trial Started","event_time":"2026-01-15 15:45:00.123000","event_properties":{"plan":"team"},"amplitude_id":1}
        {"uuid":"u2","user_id":"ada","device_id":"d1","event_type":"Paid","event_time":"2026-01-15 15:46:00.123000","event_properties":{}}

        """#, events: 2),
    ToolExport(
      tool: "GA4 (BigQuery JSON)",
      options: [
        "--from", "json", "--map", "type=event_name", "--map", "time=event_timestamp", "--map",
        "lead=user_id", "--map", "lead=user_pseudo_id", "--map", "url=event_params.page_location",
        "--map", "campaign=traffic_source.name",
      ],
      text: #"""
        {"event_date":"20260115","event_timestamp":"1768491900123456","event_name":"page_view","event_params":[{"key":"ga_session_id","value":{"string_value":null,"int_value":"17"}},{"key":"page_location","value":{"string_value":"https://acme.example/pricing"}}],"user_pseudo_id":"1.2","traffic_source":{"name":"(direct)"}}

        """#, events: 1),
    ToolExport(
      tool: "Kafka Connect (JSON with schema)",
      options: [
        "--from", "json", "--map", "lead=payload.customer", "--map", "type=payload.what", "--map",
        "time=payload.at",
      ],
      text: #"""
        {"schema":{"type":"struct","fields":[]},"payload":{"customer":"ada","what":"download","at":1768491900123}}

        """#, events: 1),
    ToolExport(
      tool: "PostHog",
      options: ["--from", "posthog"],
      text: #"""
        {"uuid":"p1","event":"signed_up","distinct_id":"ada","timestamp":"2026-01-15 15:45:00.123000+00:00","properties":"{\"plan\":\"team\",\"$lib\":\"web\"}"}

        """#, events: 1),
    ToolExport(
      tool: "Segment",
      options: ["--from", "segment"],
      text: #"""
        {"anonymousId":"a-1","context":{"library":{"name":"analytics.js"},"page":{"path":"/pricing"}},"messageId":"ajs-1","originalTimestamp":"2026-01-15T15:45:00.000Z","receivedAt":"2026-01-15T15:45:01.000Z","sentAt":"2026-01-15T15:45:00.500Z","timestamp":"2026-01-15T15:45:00.500Z","type":"page","userId":null,"name":"Pricing","properties":{"path":"/pricing"}}

        """#, events: 1),
    ToolExport(
      tool: "nginx (vhost)",
      options: ["--from", "access-log"],
      text: #"""
        acme.example:443 203.0.113.7 - - [15/Jan/2026:15:45:00 +0000] "GET /pricing HTTP/2.0" 200 512 "-" "Mozilla/5.0 (X11) Firefox/128.0"

        """#, events: 1),
    ToolExport(
      tool: "Caddy (JSON)",
      options: ["--from", "access-log"],
      text: #"""
        {"level":"info","ts":1768491900.1234567,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"5","client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"GET","host":"acme.example","uri":"/pricing","headers":{"User-Agent":["Mozilla/5.0 (X11) Firefox/128.0"]}},"bytes_read":0,"user_id":"","duration":0.01,"size":5,"status":200}

        """#, events: 1),
    ToolExport(
      tool: "IIS (W3C)",
      options: ["--from", "access-log"],
      text: #"""
        #Software: Microsoft Internet Information Services 10.0
        #Version: 1.0
        #Date: 2026-01-15 00:00:00
        #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
        2026-01-15 15:45:00 10.0.0.4 GET /pricing - 443 - 203.0.113.7 Mozilla/5.0+(Windows+NT+10.0) - 200 0 0 15

        """#, events: 1),
    ToolExport(
      tool: "ALB",
      options: ["--from", "access-log"],
      text: #"""
        https 2026-01-15T15:45:00.186641Z app/lb/50dc 203.0.113.7:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://acme.example:443/pricing HTTP/1.1" "Mozilla/5.0 (X11)" ECDHE TLSv1.2 arn:aws:tg "Root=1" "acme.example" "arn:c" 0 2026-01-15T15:45:00.000000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"

        """#, events: 1),
    ToolExport(
      tool: "Excel in Europe (semicolons, commas)",
      options: [
        "--from", "csv", "--set", "type=purchase", "--map", "lead=E-Mail", "--map",
        "time=Datum + Uhrzeit", "--map", "value=Betrag", "--decimal-comma", "--dates", "dmy",
      ],
      text: #"""
        \#u{FEFF}E-Mail;Datum;Uhrzeit;Betrag\#r
        ada@acme.example;15.01.2026;15:45;1.234,50\#r

        """#, events: 1),
    ToolExport(
      tool: "Stripe payments (CSV)",
      options: [
        "--from", "csv", "--set", "type=purchase", "--map", "id=id", "--map", "lead=Customer Email",
        "--map", "time=Created date (UTC)", "--map", "value=Amount",
      ],
      text: #"""
        id,Created date (UTC),Amount,Currency,Customer Email,Status
        ch_1,2026-01-15 15:45,12.00,eur,ada@acme.example,Paid

        """#, events: 1),
  ]
}
