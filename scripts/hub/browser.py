"""The demo hub in a real browser: each screen for those who see it, looked at by axe and kept as a picture.

Fails if axe finds anything, if a page is wider than the window, or if a page of the story does not say what it should.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from demo import started
from journey import Journey
from people import Person
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Browser:
    def __init__(self, journey: Journey, axe: str, pictures: Path) -> None:
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]:
            options.add_argument(argument)
        options.binary_location = "/usr/bin/chromium"
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.journey, self.axe, self.pictures = journey, axe, pictures
        self.faults: list[str] = []
        self.looks = 0

    def see(self, width: int, is_dark: bool) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, path: str) -> str:
        self.driver.get(self.journey.hub + path)
        return self.driver.find_element(By.TAG_NAME, "body").text

    def look(self, name: str, path: str | None = None) -> None:
        """Looks at a screen on a phone and a desk, by day and by night."""
        if path:
            self.open(path)
        for width in [320, 390, 1280]:
            for is_dark in [False, True]:
                self.see(width, is_dark)
                self.look_once(f"{name}-{width}-{'dark' if is_dark else 'light'}", width)

    def look_once(self, name: str, width: int) -> None:
        wide = self.driver.execute_script("return document.documentElement.scrollWidth")
        if wide > width:
            self.faults.append(f"{name}: {wide} wide")
        if width != 390:
            self.driver.execute_script(self.axe)
            found = self.driver.execute_async_script(
                "const done = arguments[0];"
                f"axe.run(document, {{runOnly: {RULES}}}).then(r => done(r.violations.map(v =>"
                "v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))))"
            )
            self.faults += [f"{name}: {fault}" for fault in found]
        if width != 320:
            shot = self.driver.execute_cdp_cmd(
                "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True}
            )
            (self.pictures / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
        self.looks += 1

    def find_planted(self) -> None:
        """Axe finds a fault that is put into a page; else its silence would say nothing."""
        self.open("/sign-in")
        self.driver.execute_script("document.querySelector('main').append(new Image(9, 9), document.createElement('button'))")
        known, self.faults = self.faults, []
        self.look_once("planted", 1280)
        planted = {fault.split(": ")[1] for fault in self.faults}
        (self.pictures / "planted.png").unlink()
        self.faults = known if planted == {"image-alt", "button-name"} else [*known, f"planted: {planted}"]

    def sign_in(self, person: Person) -> None:
        """Signs in with the keyboard alone."""
        self.driver.delete_all_cookies()
        self.open("/sign-in")
        keys = webdriver.ActionChains(self.driver)
        # The first stop is the link past the header, the second the name of the hub.
        keys.send_keys(Keys.TAB, Keys.TAB, Keys.TAB, person.account, Keys.TAB, person.password)
        keys.send_keys(Keys.TAB, person.code(), Keys.ENTER).perform()
        wait = WebDriverWait(self.driver, 10)
        wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, ".who, .notice.serious"))
        text = self.driver.find_element(By.TAG_NAME, "body").text
        assert "Sign out" in text, text

    def expect(self, path: str, *words: str) -> None:
        text = self.open(path)
        self.faults += [f"{path} does not say '{word}'" for word in words if word not in text]


def screens(browser: Browser, journey: Journey, states: dict[str, str]) -> None:
    browser.find_planted()
    people, project, pilot = journey.people, journey.project, journey.stand_in
    browser.look("01-sign-in", "/sign-in")
    browser.look("02-enrol", "/enrol")
    browser.sign_in(people["rosa"])
    browser.look("03-data-sets", "/datasets")
    browser.look("04-data-set", "/datasets/hospital")
    browser.look("05-ask-access", "/datasets/hospital/access")
    browser.look("06-projects", "/projects")
    browser.look("07-project", project)
    browser.look("08-new-stand-in", f"{project}/release?units=10&targets=readmitted_30d&rows=")
    chosen = "some=yes&columns=age&columns=sex&columns=readmitted_30d"
    browser.look("08-stand-in-of-columns", f"{project}/release?units=10&targets=readmitted_30d&rows=&{chosen}")
    browser.look("08-stand-in-of-no-column", f"{project}/release?units=10&targets=&rows=&some=yes")
    browser.look("11-request-of-columns", journey.ask_for_columns())
    browser.look("11-request-against-conditions", journey.ask_against_conditions())
    browser.look("11-request-for-access", project.replace("/projects/", "/requests/"))
    question = f"kind=logistic&outcome=readmitted_30d&terms=age%2Csex&release={pilot}&units=3"
    browser.look("09-new-analysis", f"{project}/analysis?{question}")
    browser.look("10-requests", "/requests")
    for state, path in states.items():
        browser.look(f"11-request-{state.replace(' ', '-')}", path)
    browser.look("12-stand-in", f"/requests/{pilot}/result")
    browser.look("13-answer", f"{states['released']}/result")
    browser.look("14-me", "/me")
    browser.sign_in(people["petra"])
    browser.look("15-inbox", "/inbox")
    browser.look("16-review", states["submitted"])
    browser.look("17-data-set-of-officer", "/datasets/hospital")
    browser.look("18-confirm", "/confirm?back=/inbox")
    browser.sign_in(people["aron"])
    browser.look("19-log", "/log")
    browser.look("19-log-of-one", "/log?who=petra&dataset=hospital")
    browser.look("19-log-of-none", "/log?who=(console)&dataset=hospital")
    browser.sign_in(people["owner"])
    browser.look("20-accounts", "/accounts")
    browser.look("21-new-data-set", "/datasets/new")
    browser.driver.execute_script("document.querySelector('form.groups').noValidate = true")
    browser.driver.find_element(By.CSS_SELECTOR, "form.groups button").click()
    WebDriverWait(browser.driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".fault"))
    browser.look("21-new-data-set-fault")
    browser.look("21-words", "/datasets/hospital/words")
    browser.look("24-health", "/health")
    browser.look("22-not-here", "/requests/none")


def story(browser: Browser, journey: Journey, states: dict[str, str]) -> None:
    """Audit and revocation, as the pages tell them."""
    people, project = journey.people, journey.project
    browser.sign_in(people["rosa"])
    browser.expect(f"{states['released']}/result", "The real table beside its stand-in", "For your paper")
    browser.expect(states["stored"], "at no cost")
    browser.sign_in(people["petra"])
    browser.look("23-work", states["queued"])
    journey.work()
    # The page opens itself again when the work ends.
    WebDriverWait(browser.driver, 20).until(lambda d: "Answered" in d.find_element(By.TAG_NAME, "body").text)
    browser.open(states["submitted"])
    for form in browser.driver.find_elements(By.CSS_SELECTOR, "form[action$='/approve']"):
        form.find_element(By.TAG_NAME, "button").click()
    journey.work()
    browser.expect(states["submitted"], "Answered", "Petra Officer")
    people["petra"].post(f"{project}/close", project, reason="The study was stopped by the board.")
    browser.sign_in(people["aron"])
    browser.expect("/log", "The chain is intact", "project closed", "ε 0.2")
    browser.sign_in(people["rosa"])
    browser.expect(project, "This project was closed", "stopped by the board", "what was spent stays spent")
    browser.expect(f"{states['released']}/result", "The project has ended")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8444)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--axe", type=Path, required=True)
    options = parser.parse_args()
    pictures = options.folder / "pictures"
    pictures.mkdir(parents=True)
    hub = options.folder / "hub"
    serve, code = started(options.program, hub, options.port)
    try:
        journey = Journey(f"http://localhost:{options.port}", options.program, hub)
        journey.enrol(code)
        journey.open_data_set(options.table.resolve(), options.schema.read_text())
        journey.gain_access()
        journey.receive_stand_in()
        states = journey.fill_all_states()
        browser = Browser(journey, options.axe.read_text(), pictures)
        try:
            screens(browser, journey, states)
            story(browser, journey, states)
        finally:
            browser.driver.quit()
    finally:
        serve.terminate()
        serve.wait()
    print(f"{browser.looks} looks, {len(browser.faults)} faults; pictures in {pictures}")
    if browser.faults:
        raise SystemExit("\n".join(browser.faults))


if __name__ == "__main__":
    main()
