"""The guided start in a real browser: each page looked at by axe and kept as a picture, and one start with the keyboard alone.

Fails if axe finds anything, if a page is wider than the window, or if a start does not end with what it promises.
"""

from __future__ import annotations

import argparse
import atexit
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait


class Start:
    """A start of a table, in a folder of its own, with a browser that has opened its address."""

    def __init__(self, options: argparse.Namespace, table: Path, name: str) -> None:
        self.name, self.folder = name, options.folder / name
        self.folder.mkdir()
        self.files = [self.folder / f"{name}.schema.yaml", self.folder / f"{name}.start.sh"]
        command = [options.program, "start", "--understudy", options.understudy.resolve(), table.resolve()]
        places = ["-o", self.files[0].name, "--ledger", "ledger.sqlite"]
        self.process = subprocess.Popen([*command, *places], stdout=subprocess.PIPE, text=True, cwd=self.folder)
        atexit.register(self.process.terminate)
        assert self.process.stdout
        address = next(line.strip() for line in self.process.stdout if line.startswith("http"))
        parts = urlsplit(address)
        self.browser = Browser(SimpleNamespace(hub=f"{parts.scheme}://{parts.netloc}"), options.axe.read_text(), options.pictures)
        self.driver = self.browser.driver
        self.browser.open(parts.path)

    def look(self, page: str) -> None:
        self.browser.look(f"{self.name}-{page}")

    def choose(self, name: str, value: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, f"input[name='{name}'][value='{value}']").click()

    def select(self, name: str, value: str) -> None:
        Select(self.driver.find_element(By.NAME, name)).select_by_value(value)

    def write(self, name: str, value: str) -> None:
        field = self.driver.find_element(By.NAME, name)
        field.clear()
        field.send_keys(value)

    def press(self, words: str, heading: str) -> None:
        self.driver.find_element(By.XPATH, f"//button[contains(., '{words}')]").click()
        self.arrive(heading)

    def arrive(self, heading: str, seconds: int = 60) -> None:
        # A page that goes while it is read is not there yet.
        wait = WebDriverWait(self.driver, seconds, ignored_exceptions=[WebDriverException])
        script = "return document.readyState == 'complete' && document.querySelector('h1')?.textContent || ''"
        wait.until(lambda d: heading in d.execute_script(script))

    def block(self, addresses: list[str]) -> None:
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": addresses})

    def end(self) -> list[str]:
        faults = [f"{self.name}: {fault}" for fault in self.browser.faults]
        if self.process.wait(20) != 0:
            faults.append(f"{self.name}: the program ended with {self.process.returncode}")
        faults += [f"{self.name}: no {file.name}" for file in self.files if not file.exists()]
        self.driver.quit()
        return faults


def tour(options: argparse.Namespace, table: Path, name: str, person: str | None) -> tuple[int, list[str]]:
    """All pages of a table, to a release, as a steward would go."""
    start = Start(options, table, name)
    start.arrive("Your table")
    start.look("1-table")
    start.choose("unit", "2" if person else "1")
    if person:
        start.select("person", person)
    start.press("Save and go on to the columns", "olumns")
    start.look("2-columns")
    low = [e.get_attribute("name") for e in start.driver.find_elements(By.CSS_SELECTOR, "input[name^='low.']")]
    if low:
        start.write(low[0], "9")
        start.driver.find_element(By.CSS_SELECTOR, "form.groups button").click()
        WebDriverWait(start.driver, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".fault"))
        start.look("2-columns-fault")
        start.write(low[0], "")
    more = start.driver.find_elements(By.CSS_SELECTOR, "button.second")
    start.press("take the rest" if more else "Save and read it over", "Read it over")
    start.look("3-sign")
    start.write("name", "R. Steward")
    start.press("Sign", "How much may the release reveal")
    start.look("4-price")
    start.press("Show the plan", "The plan for")
    start.look("5-plan")
    start.choose("release", "yes")
    start.write("folder", "release")
    # A page that is looked at must not go away by itself when the release is made.
    start.block(["*/progress"])
    start.press("Write the files", "release is being made")
    start.look("6-working")
    start.block([])
    start.driver.refresh()
    start.arrive("Written", 600)
    start.look("7-written")
    start.press("Done", "Ended")
    faults = start.end()
    if not (start.folder / "release" / "manifest.json").exists():
        faults.append(f"{name}: no release")
    return start.browser.looks, faults


def by_keyboard(options: argparse.Namespace, table: Path) -> list[str]:
    """A start without a mouse: Tab, the arrows, Space and Enter."""
    start = Start(options, table, "keyboard")

    def keys(*given: str) -> None:
        webdriver.ActionChains(start.driver).send_keys(*given).perform()

    def go_to(css: str) -> None:
        for _ in range(200):
            keys(Keys.TAB)
            if start.driver.execute_script("return document.activeElement.matches(arguments[0])", css):
                return
        raise AssertionError(f"the keyboard does not reach {css}")

    go_to("input[name=unit]")
    keys(Keys.SPACE)
    go_to("form.card button")
    keys(Keys.ENTER)
    start.arrive("olumns")
    go_to("button.second, form.groups p.links button")
    if not start.driver.execute_script("return document.activeElement.matches('.second')"):
        more = start.driver.find_elements(By.CSS_SELECTOR, "button.second")
        if more:
            go_to("button.second")
    keys(Keys.ENTER)
    start.arrive("Read it over")
    go_to("input[name=name]")
    keys("R. Steward", Keys.ENTER)
    start.arrive("How much")
    go_to("input[name=epsilon]")
    keys(Keys.ENTER)
    start.arrive("The plan")
    go_to("form.card button")
    keys(Keys.ENTER)
    start.arrive("Written")
    go_to("form.bare button")
    keys(Keys.ENTER)
    start.arrive("Ended")
    return start.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--understudy", type=Path, required=True)
    parser.add_argument("--axe", type=Path, required=True)
    parser.add_argument("--table", action="append", required=True, help="FILE or FILE:PERSON, PERSON the person's column")
    options = parser.parse_args()
    options.program = options.program.resolve()
    options.pictures = options.folder / "pictures"
    options.pictures.mkdir(parents=True, exist_ok=True)
    looks, faults = 0, []
    for given in options.table:
        path, _, person = given.partition(":")
        name = Path(path).stem.lower()
        seen, found = tour(options, Path(path), name, person or None)
        looks, faults = looks + seen, faults + found
    faults += by_keyboard(options, Path(options.table[0].partition(":")[0]))
    print(f"{looks} looks at the guided start, {len(faults)} faults; pictures in {options.pictures}")
    if faults:
        raise SystemExit("\n".join(faults))


if __name__ == "__main__":
    main()
