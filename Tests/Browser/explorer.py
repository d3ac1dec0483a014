"""The explorer in a real browser: headless Chromium, driven by Selenium; axe-core looks for barriers.

usage: explorer.py PROGRAM [SCREENSHOTS]
With a folder for screenshots each page is pictured at 360, 1,280 and 1,920 px, light, dark and print.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

import axe_selenium_python
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(sys.argv[1]).resolve())
SHOTS = Path(sys.argv[2]) if len(sys.argv) > 2 else None
AXE = (Path(axe_selenium_python.__file__).parent / "node_modules/axe-core/axe.min.js").read_text()
DEFINITION = str(ROOT / "pipelines/b2b.yaml")
LOG = str(ROOT / "sample-data/log")
LEAD = "carla.lindgren@harbor-retail.example"
POINTS = "scores.engagement.points.white-paper.points"
HOSTILE = [
    "<script>document.title='x'</script>", "\"><img src=x onerror=alert(1)>", "\u202Egnp.evil", "a\u200Bb@x.example",
    "n" * 244 + "@x.example", "{{1+1}}", "'; drop table", "=1+1",
]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True).stdout


class Book:
    """A published book and an explorer of it."""

    def __init__(self, log, definition, as_ofs, *options):
        self.folder = tempfile.TemporaryDirectory()
        self.path = self.folder.name
        self.log = log
        self.definition = definition
        for as_of in as_ofs:
            run("run", "--book", self.path, "--log", log, "-p", definition, "--as-of", as_of, "--max-refused", "1", "-q")
        self.process = subprocess.Popen(
            [PROGRAM, "explore", "--book", self.path, "--log", log, "--no-open", *options],
            stdout=subprocess.PIPE, text=True)
        self.said = [self.process.stdout.readline().strip() for _ in range(4)]
        self.address = self.said[0]
        self.base = self.address.split("/?")[0]

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
        self.folder.cleanup()


def browser():
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        service=Service(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")), options=options)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
        window.shifts = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""})
    return driver


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(LOG, DEFINITION, ["2026-10-25T00:00:00Z", "2026-11-01T00:00:00Z"])
        cls.driver = browser()
        cls.driver.get(cls.book.address)
        cls.addClassCleanup(cls.book.close)
        cls.addClassCleanup(cls.driver.quit)

    def tearDown(self):
        # What the page itself did wrong, and what it asked of others.
        errors = [entry for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"
                  and " 422 " not in entry["message"] and " 404 " not in entry["message"]]
        self.assertEqual(errors, [])
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                own = address.startswith((self.book.base, "blob:" + self.book.base, "data:,", "about:", "chrome"))
                self.assertTrue(own, address)

    def open(self, page, ready):
        self.driver.get(self.book.base + "/#" + page)
        return self.wait(ready)

    def wait(self, selector, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            found = self.driver.find_elements(By.CSS_SELECTOR, selector)
            if found and not self.driver.find_elements(By.CSS_SELECTOR, "[aria-busy], .busy"):
                return found
            time.sleep(0.03)
        self.fail(f"{selector} did not come: " + self.driver.find_element(By.TAG_NAME, "body").text[:500])

    def until(self, question, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            try:
                answer = question()
            except Exception:  # what is being replaced is gone
                answer = None
            if answer:
                return answer
            time.sleep(0.03)
        self.fail("it did not come: " + self.driver.find_element(By.TAG_NAME, "body").text[:500])

    def ask(self, path):
        """What the page's own cookie gets, without what is drawn of it."""
        return self.driver.execute_async_script(
            "const done = arguments[1]; fetch(arguments[0]).then((r) => r.text()).then(done)", path)

    def texts(self, selector):
        return [found.text for found in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def keys(self):
        return [found.get_attribute("href").split("/lead/")[-1]
                for found in self.driver.find_elements(By.CSS_SELECTOR, "tbody th a")]

    PAGES = {
        "leads": ("/leads", "tbody tr"), "accounts": ("/accounts", "tbody tr"),
        "lead": ("/lead/" + quote(LEAD, safe=""), ".chart svg"), "account": ("/account/harbor-retail", ".chart svg"),
        "what-if": ("/what-if?" + urlencode({"set": POINTS + "=12"}), ".foretell table"),
        "compare": ("/compare", "tbody tr"), "book": ("/book", "tbody tr"),
        "nobody": ("/leads?find=zzzzzz", "main .wide-table p"),
    }


class PagesTests(Case):
    def test_every_page_has_no_barriers_and_nothing_moves_after_it_stands(self):
        for name, (page, ready) in self.PAGES.items():
            for scheme in ["light", "dark"]:
                with self.subTest(page=name, scheme=scheme):
                    self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                        "features": [{"name": "prefers-color-scheme", "value": scheme}]})
                    self.driver.get("about:blank")
                    self.open(page, ready)
                    self.driver.execute_script(AXE)
                    found = self.driver.execute_async_script(
                        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
                        ".then(arguments[0])")
                    barriers = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
                    self.assertEqual(barriers, [])
                    # After it stands: what comes while it loads is not counted from then on.
                    self.driver.execute_script("window.shifts = 0")
                    time.sleep(0.2)
                    self.assertLess(self.driver.execute_script("return window.shifts"), 0.02)

    def test_nothing_scrolls_sideways_and_targets_have_24_px(self):
        for width in [360, 1280, 1920]:
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
            for name, (page, ready) in self.PAGES.items():
                with self.subTest(page=name, width=width):
                    self.driver.get("about:blank")
                    self.open(page, ready)
                    over = self.driver.execute_script(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    self.assertLessEqual(over, 0)
                    small = self.driver.execute_script("""
                        return [...document.querySelectorAll("a, button, input, select, summary")].filter((one) => {
                          const box = one.getBoundingClientRect();
                          return box.width && !one.matches(".skip") && one.checkVisibility() && (box.height < 23.5 || box.width < 23.5);
                        }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5)""")
                    self.assertEqual(small, [])
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def test_a_search_for_part_of_a_name_is_that_of_the_file(self):
        self.open("/leads", "tbody tr")
        field = self.driver.find_element(By.ID, "find")
        field.send_keys("sofi")
        file = Path(self.book.path, "snapshots/latest/leads.csv").read_text().splitlines()
        wanted = {line.split(",")[0] for line in file[1:] if "sofi" in line.split(",")[0]}
        self.until(lambda: self.keys() and all("sofi" in key for key in self.keys()))
        shown = self.texts("main p.aside")[0]
        self.assertIn(f" of {len(wanted):,} leads", shown)
        self.assertLessEqual({key.replace("%40", "@") for key in self.keys()}, wanted)

    def test_a_nested_condition_is_that_of_the_definition(self):
        condition = ("any: [ { score.engagement: { min: 76 } }, "
                     "{ all: [ { persona.role: champion }, { not: { grade.fit: [A, B] } } ] } ]")
        page = json.loads(self.ask("/api/leads?" + urlencode({"where": condition, "count": 500})))["answer"]
        names = [column["name"] for column in page["columns"]]
        rows = [dict(zip(names, line)) for line in
                json.loads(self.ask("/api/leads?count=500&sort=score.engagement&order=down"))["answer"]["rows"]]
        met = {row["lead"] for row in rows if int(row["score.engagement"]) >= 76
               or row["persona.role"] == "champion" and row["grade.fit"] not in ("A", "B")}
        found = {row[0] for row in page["rows"]}
        self.assertEqual(met, found & {row["lead"] for row in rows})
        self.open("/leads?" + urlencode({"where": condition}), "tbody tr")
        self.assertIn(f"of {page['total']:,} leads", self.texts("main p.aside")[0])
        self.open("/leads?" + urlencode({"where": "score.engagment: 3"}), ".problem")
        self.until(lambda: "engagment" in self.texts(".problem")[0])

    def test_the_file_of_leads_is_that_of_the_snapshot(self):
        self.assertEqual(
            sorted(self.ask("/csv/leads").splitlines()),
            sorted(Path(self.book.path, "snapshots/latest/leads.csv").read_text().splitlines()))

    def test_a_lead_has_the_numbers_of_explain_and_history(self):
        explained = json.loads(run("explain", LEAD, "--book", self.book.path, "--log", LOG, "--events", "--json"))
        explained.pop("snapshot")
        self.assertEqual(json.loads(self.ask("/api/lead?key=" + quote(LEAD)))["answer"]["explanation"], explained)
        told = json.loads(run("history", LEAD, "--book", self.book.path, "--log", LOG, "--json"))
        self.assertEqual(json.loads(self.ask("/api/history?key=" + quote(LEAD)))["answer"], told)
        self.open("/lead/" + quote(LEAD, safe=""), ".chart svg")
        scores = [str(score["score"]) for score in explained["scores"]]
        self.assertEqual(self.texts("dl.stands dd")[:len(scores)], scores)
        titles = self.texts(".card h2")
        for group in explained["personas"]:
            self.assertIn(f"{group['group']}: {group.get('persona', 'none')}", titles)
            for one in group["asked"]:
                self.assertIn(("meets " if one["holds"] else "not ") + one["persona"], self.texts("summary"))

    def test_two_snapshots_differ_as_diff_tells(self):
        names = sorted(os.listdir(Path(self.book.path, "snapshots")))[:2]
        told = json.loads(run("diff", *names, "--book", self.book.path, "--log", LOG, "--json"))
        asked = self.ask("/api/compare?" + urlencode({"from": names[0], "to": names[1]}))
        self.assertEqual(json.loads(asked)["answer"], told)

    def test_causes_are_a_waterfall_that_ends_in_their_sum(self):
        self.open("/compare", "tbody tr")
        drawings = self.driver.find_elements(By.CSS_SELECTOR, "main svg[aria-label*='by cause']")
        self.assertGreater(len(drawings), 0)
        for drawing in drawings:
            bars = drawing.find_elements(By.TAG_NAME, "rect")
            texts = [one.text for one in drawing.find_elements(By.TAG_NAME, "text")]
            self.assertEqual(len(texts), 2 * len(bars))
            self.assertIn(texts[-1], drawing.find_element(By.XPATH, "ancestor::section/h2").text)

    def test_a_snapshot_published_meanwhile_is_what_the_page_shows_next(self):
        book = Book(LOG, DEFINITION, ["2026-10-25T00:00:00Z"])
        try:
            self.driver.get(book.address)
            self.until(lambda: "2026-10-25" in self.driver.find_element(By.ID, "from").text)
            run("run", "--book", book.path, "--log", LOG, "-p", DEFINITION, "--as-of", "2026-11-01T00:00:00Z", "-q")
            self.driver.find_element(By.ID, "find").send_keys("a")
            self.until(lambda: "2026-11-01" in self.driver.find_element(By.ID, "from").text)
            self.until(lambda: self.keys())
        finally:
            self.driver.get("about:blank")
            self.driver.get_log("performance")
            book.close()

    def test_an_answer_for_a_page_that_was_left_is_given_up(self):
        self.open("/leads", "tbody tr")
        self.driver.execute_script(
            "location.hash = '#/lead/' + encodeURIComponent(arguments[0]); setTimeout(() => { location.hash = '#/book'; })", LEAD)
        self.until(lambda: "What was read" in self.texts("h2"))
        time.sleep(0.5)
        self.assertIn("What was read", self.texts("h2"))
        self.open("/lead/%", ".problem")
        self.open("/toString", "tbody tr")

    def test_every_table_can_be_had_as_a_file(self):
        for name, (page, ready) in self.PAGES.items():
            if name == "nobody":
                continue
            with self.subTest(page=name):
                self.open(page, ready)
                bare = self.driver.execute_script("""
                    return [...document.querySelectorAll("main table")].filter((table) =>
                      ![...table.closest(".card").querySelectorAll("button, a.button")].some((one) => /CSV/.test(one.textContent))
                    ).map((table) => table.caption.textContent)""")
                self.assertEqual(bare, [])

    def test_back_and_forward_lead_where_one_was(self):
        self.open("/leads", "tbody tr")
        self.driver.find_element(By.CSS_SELECTOR, "tbody th a").click()
        self.wait(".chart svg")
        title = self.driver.find_element(By.TAG_NAME, "h1").text
        self.driver.back()
        self.until(lambda: self.texts("h1") == ["Leads"])
        self.driver.forward()
        self.until(lambda: self.texts("h1") == [title])


class WhatIfTests(Case):
    def changed(self, *settings):
        arguments = [word for setting in settings for word in ("--set", setting)]
        told = json.loads(run("replay", "--book", self.book.path, "--log", LOG, "-p", DEFINITION, "--json", *arguments))
        told["against"].pop("name")
        return told

    def pulled(self, path, text):
        """Pulls a value's slider and returns what is shown, once it is about that."""
        slider = self.until(lambda: self.driver.find_element(By.CSS_SELECTOR, f'[aria-label="{path}, slider"]'))
        self.driver.execute_script("""
            arguments[0].closest("details").open = true;
            arguments[0].value = arguments[1];
            arguments[0].dispatchEvent(new Event("input", { bubbles: true }));""", slider, text)
        self.until(lambda: not self.driver.find_elements(By.CSS_SELECTOR, ".results.busy"))

    def check(self, *settings):
        told = self.changed(*settings)
        asked = json.loads(self.ask("/api/what-if?" + urlencode([("set", one) for one in settings])))["answer"]["report"]
        asked["against"].pop("name")
        self.assertEqual(asked, told)
        shown = {}
        for row in self.driver.find_elements(By.CSS_SELECTOR, ".results .card:first-child tbody tr"):
            cells = row.find_elements(By.CSS_SELECTOR, "th, td")
            shown[cells[0].text] = (cells[1].text, cells[2].text)
        for one in told["lists"]:
            self.assertEqual(shown[one["name"]], (f"{one['before']:,}", f"{one['after']:,}"))

    def test_points_a_half_life_and_a_cap_pulled_come_to_what_replay_tells(self):
        for setting, text in [(POINTS, "14"), ("scores.engagement.half_life", "30"),
                              ("scores.engagement.points.pricing-view.cap", "8"),
                              ("scores.priority.blend.percent.fit", "0.7")]:
            with self.subTest(setting=setting):
                self.open("/leads", "tbody tr")
                self.open("/what-if", ".foretell table")
                self.pulled(setting, text)
                self.check(setting + "=" + text + ("d" if "half_life" in setting else ""))

    def test_the_address_holds_what_was_pulled_and_the_file_keeps_its_comments(self):
        self.open("/what-if?" + urlencode([("set", POINTS + "=11")]), ".foretell table")
        self.check(POINTS + "=11")
        was = self.driver.find_elements(By.CSS_SELECTOR, ".value.changed .was")
        # What is folded away has no text that is seen.
        self.assertEqual([found.get_attribute("textContent") for found in was], ["was 8"])
        file = self.ask("/csv/definition?" + urlencode({"set": POINTS + "=11"}))
        old = Path(DEFINITION).read_text()
        self.assertEqual(file, old.replace("white-paper:      { points: 8", "white-paper:      { points: 11"))
        changes = run("replay", "--book", self.book.path, "--log", LOG, "-p", DEFINITION, "--csv", "--set", POINTS + "=11")
        columns = lambda text: [line.split(",")[:6] for line in text.splitlines()]
        self.assertEqual(columns(self.ask("/csv/what-if?" + urlencode({"set": POINTS + "=11"}))), columns(changes))

    def test_a_change_of_what_is_read_is_read_on_request(self):
        setting = "interactions.compare-view.path=/pricing*"
        self.open("/what-if?" + urlencode([("set", setting)]), ".results button")
        self.until(lambda: "read from the log anew" in self.texts(".results h2")[0].lower())
        self.driver.find_element(By.CSS_SELECTOR, ".results button.main").click()
        self.until(lambda: "Then these lists would be" in self.texts(".results h2"), 60)
        self.check(setting)

    def test_a_mistake_is_told_with_what_to_do(self):
        self.open("/what-if?" + urlencode([("set", POINTS + "=many")]), ".problem")
        self.assertIn("many", self.texts(".problem")[0])


class KeyboardTests(Case):
    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def test_everything_is_reached_without_a_mouse(self):
        self.open("/leads", "tbody tr")
        self.press("/")
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("id"), "find")
        self.press("sofia")
        self.until(lambda: self.keys() and all("sofia" in key for key in self.keys()))
        self.press(Keys.ARROW_DOWN)
        first = self.driver.switch_to.active_element
        self.assertIn("/lead/", first.get_attribute("href"))
        outline = first.value_of_css_property("outline-style"), first.value_of_css_property("outline-width")
        self.assertEqual(outline, ("solid", "2px"))
        self.press(Keys.ARROW_DOWN)
        self.assertNotEqual(self.driver.switch_to.active_element, first)
        self.press(Keys.ENTER)
        self.wait(".chart svg")
        self.open("/what-if", ".foretell table")
        slider = self.driver.find_element(By.CSS_SELECTOR, f'[aria-label="{POINTS}, slider"]')
        self.driver.execute_script("arguments[0].closest('details').open = true; arguments[0].focus()", slider)
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(slider.get_attribute("value"), "9")
        webdriver.ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_LEFT).key_up(Keys.SHIFT).perform()
        self.assertEqual(slider.get_attribute("value"), "0")
        self.until(lambda: self.driver.current_url.endswith(urlencode({"set": POINTS + "=0"})))
        self.open("/leads?find=nobody-is-called-so", "main .wide-table p")
        self.press("/")
        self.press(Keys.ESCAPE)
        self.until(lambda: len(self.keys()) == 50)


class DoorTests(Case):
    def status(self, path, **headers):
        request = urllib.request.Request(self.book.base + path, headers=headers)
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code

    def test_whoever_has_no_cookie_or_comes_from_elsewhere_is_not_answered(self):
        cookie = "; ".join(f"{one['name']}={one['value']}" for one in self.driver.get_cookies())
        self.assertEqual(self.status("/api/book", Cookie=cookie), 200)
        self.assertEqual(self.status("/api/book"), 403)
        self.assertEqual(self.status("/"), 403)
        self.assertEqual(self.status("/api/book", Cookie=cookie, Host="evil.example"), 421)
        self.assertEqual(self.status("/api/book", Cookie=cookie, Host="localhost:9999"), 200)
        self.assertEqual(self.status("/api/book", Cookie=cookie, Origin="http://evil.example"), 403)

    def test_the_line_for_a_book_on_a_server_names_its_port(self):
        port = self.book.base.rsplit(":", 1)[1]
        self.assertRegex(self.book.said[3], rf"^ssh -L {port}:127\.0\.0\.1:{port} \S+@\S+$")

    def test_the_token_is_gone_from_the_address_and_no_script_sees_the_cookie(self):
        self.driver.get(self.book.address)
        self.assertNotIn("token", self.driver.current_url)
        self.assertEqual(self.driver.execute_script("return document.cookie"), "")
        only = self.driver.get_cookies()[0]
        self.assertTrue(only["httpOnly"] and only["sameSite"] == "Strict")


class HostileTests(Case):
    @classmethod
    def setUpClass(cls):
        cls.data = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.data.cleanup)
        log = Path(cls.data.name, "log")
        log.mkdir()
        lines = []
        for number, name in enumerate(HOSTILE):
            fields = {"title": name, "company": name}
            lines.append({"id": f"p{number}{name[:40]}", "time": "2026-01-01T00:00:00Z", "type": "profile", "lead": name,
                          "account": name, "fields": fields})
            lines.append({"id": f"v{number}", "time": "2026-01-02T00:00:00Z", "type": "page_view", "lead": name, "path": name})
        lines.append({"time": "no time", "id": HOSTILE[0]})
        Path(log, "2026-01.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
        definition = Path(cls.data.name, "shop.yaml")
        definition.write_text(
            "name: shop\ninteractions: { look: { type: page_view } }\n"
            "scores: { heat: { points: { look: 2 } } }\ncolumns: [attribute.title]\n")
        cls.book = Book(str(log), str(definition), ["2026-02-01T00:00:00Z"], "--name", "title")
        cls.driver = browser()
        cls.driver.get(cls.book.address)
        cls.addClassCleanup(cls.book.close)
        cls.addClassCleanup(cls.driver.quit)

    def test_names_that_are_markup_are_texts(self):
        self.open("/leads", "tbody tr")
        self.assertEqual(len(self.driver.find_elements(By.CSS_SELECTOR, "tbody tr")), len(HOSTILE))
        for name in HOSTILE:
            for page in ["/lead/", "/account/"]:
                self.open(page + quote(name.lower() if page == "/lead/" else name, safe=""), "h1")
                self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "main img, main script"), [])
        self.open("/book", "tbody tr")
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "main img, main script"), [])
        self.assertEqual(self.driver.title, "Scorebook explorer")
        self.open("/leads", "tbody tr")
        body = self.driver.find_element(By.TAG_NAME, "body").text
        self.assertNotIn("\u202E", body)
        self.assertNotIn("\u200B", body)


class Screenshots(Case):
    @unittest.skipUnless(SHOTS, "no folder for screenshots")
    def test_pictures(self):
        SHOTS.mkdir(parents=True, exist_ok=True)
        for width in [360, 1280, 1920]:
            for mode in ["light", "dark", "print"]:
                self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                    "media": "print" if mode == "print" else "",
                    "features": [{"name": "prefers-color-scheme", "value": "dark" if mode == "dark" else "light"}]})
                for name, (page, ready) in self.PAGES.items():
                    self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
                    self.driver.get("about:blank")
                    self.open(page, ready)
                    height = min(2600, self.driver.execute_script("return document.documentElement.scrollHeight"))
                    self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
                    self.driver.save_screenshot(str(SHOTS / f"{name}-{width}-{mode}.png"))


if __name__ == "__main__":
    program = unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1, exit=False)
    result = program.result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed, {len(result.skipped)} skipped")
    sys.exit(1 if failed else 0)
