#!/usr/bin/env python3
"""What Xi'an shared is found by Barcelona months later; what two cities keep, by nobody else.

library_test.py PATH_OF_NESHASTD [PATH_OF_NESHAST]
"""
import json
import subprocess
import sys
import time
import unittest

import grpc

from reflected import Client, reason
from served import Served

SERVER = CLI = None


def texts(**by_language):
    return {"texts": by_language}


KITCHENS = {
    "title": texts(zh="社区食堂为老人送餐", fa="آشپزخانه‌های محله برای سالمندان",
                   en="Neighbourhood kitchens for the old"),
    "summary": texts(zh="疫情期间，志愿者为一万二千名七十岁以上老人做饭送餐。",
                     fa="در همه‌گیری، داوطلبان برای ۱۲٬۰۰۰ سالمند غذا پختند.",
                     en="During the closure volunteers cooked for 12,000 people over 70."),
    "city": "cities/xian", "topics": ["topics/epidemics"], "visibility": "VISIBILITY_PUBLIC",
    "cost_band": "COST_BAND_LOW", "begin_date": "2020-02-01", "end_date": "2020-05-01"}
SECRET = {
    "title": texts(en="A canary that Isfahan and Xi'an keep", zh="金丝雀"),
    "summary": texts(en="The canary sings of neighbourhood kitchens."),
    "city": "cities/isfahan", "topics": ["topics/epidemics"], "visibility": "VISIBILITY_PARTIES",
    "parties": ["cities/xian"]}
TOPICS = {"epidemics": texts(en="Epidemics", es="Epidemias", zh="疫情", fa="همه‌گیری"),
          "water": texts(en="Water", es="Agua", it="Acqua")}
ROLES = {"HA": "ADMINISTRATOR", "D": "DELEGATE", "IN": "INTERPRETER", "EX": "EXPERT", "OB": "OBSERVER",
         "SY": "SCRIPT", "AU": "AUDITOR"}


class Library(unittest.TestCase):
    def setUp(self):
        self.server = Served(self.addCleanup, SERVER)
        self.server.start()
        self.officer, self.administrator = (self.server.client(who)
                                            for who in ("officer", "administrator"))
        self.server.fill(cities=["isfahan", "xian", "barcelona", "florence"],
                         people=["mayor-of-barcelona"])  # for whom two officers vouch
        self.xian, self.barcelona, self.florence = (
            self.enroll(f"secretary-{city}", "DELEGATION_SECRETARY", city)
            for city in ("xian", "barcelona", "florence"))
        for key, names in TOPICS.items():
            self.officer.call("LibraryService/CreateTopic", topic_id=key, topic={"display_name": names})

    def enroll(self, key, role, city):
        self.administrator.call("AccessService/CreatePrincipal", principal_id=key, principal={
            "display_name": key, "role": f"ROLE_{role}", "city": f"cities/{city}"})
        self.secrets = getattr(self, "secrets", {})
        self.secrets[key] = self.administrator.call(
            "AccessService/CreateToken", token={"principal": f"principals/{key}"})["secret"]
        client = Client(self.server.address, self.secrets[key])
        self.addCleanup(client.close)
        return client

    def share(self, client, key, practice, **changes):
        return client.call("LibraryService/CreatePractice", practice_id=key,
                           practice=dict(practice, **changes))["name"]

    def found(self, client, query, **more):
        answer = client.call("SearchService/Search", query=query, **more)
        return [result["name"] for result in answer.get("results", [])]

    def refused(self, why, client, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            client.call(path, **request)
        self.assertEqual(reason(caught.exception), why, caught.exception)
        return caught.exception.details()

    def test_what_xian_shared_is_found_by_barcelona_in_spanish_and_chinese_and_taken_up(self):
        name = self.share(self.xian, "xian-kitchens", KITCHENS)
        self.server.kill()
        self.server.start()
        only = {"kinds": ["SEARCH_KIND_PRACTICE"]}
        for query in ("epidemias", "epidemias en Xi'an", "EPIDEMIA*", "社区食堂", "老人送餐",
                      "西安的疫情", "社區食堂", "اشپزخانه هاي محله", "\"kitchens for the old\""):
            self.assertEqual(self.found(self.barcelona, query, **only), [name], query)
        answer = self.barcelona.call("SearchService/Search", query="社区食堂", language="zh", **only)
        snippet = answer["results"][0]["snippet"]
        marked = [snippet["text"][each.get("begin", 0):each["end"]] for each in snippet["highlights"]]
        self.assertEqual((snippet["language"], marked), ("zh", ["社区食堂"]))
        taken = self.barcelona.call("LibraryService/RecordUptake", name=name, uptake={
            "city": "cities/barcelona", "extent": "EXTENT_PARTLY", "date": "2027-03-01",
            "remark": texts(es="En tres barrios.")})
        self.assertEqual(taken["uptakes"][0]["recorder"], "principals/secretary-barcelona")
        shown = self.xian.call("LibraryService/GetPractice", name=name)
        self.assertEqual([(each["city"], each["extent"]) for each in shown["uptakes"]],
                         [("cities/barcelona", "EXTENT_PARTLY")])
        self.refused("ACTION_FORBIDDEN", self.barcelona, "LibraryService/RecordUptake", name=name,
                     uptake={"city": "cities/florence", "extent": "EXTENT_FULLY", "date": "2027-03-01"})

    def test_what_two_cities_keep_to_themselves_is_told_to_nobody_else(self):
        others = {key: self.enroll(key.lower() + "-caller", role, "barcelona")
                  for key, role in ROLES.items()}
        others["PS"] = self.barcelona
        name = "practices/isfahan-secret"
        before = {key: self.everything(client) for key, client in others.items()}
        self.assertEqual(self.share(self.officer, "isfahan-secret", SECRET), name)
        self.assertEqual(self.found(self.xian, "canary"), [name])
        self.assertEqual(self.found(self.officer, "金丝雀"), [name])
        for key, client in others.items():
            with self.subTest(caller=key):
                self.assertEqual(self.everything(client), before[key])
                self.assertEqual(self.refused("RESOURCE_NOT_FOUND", client, "LibraryService/GetPractice",
                                              name=name), f"There is no {name}.")
                self.assertNotIn(name, self.log_of(client))
        uptake = {"city": "cities/barcelona", "extent": "EXTENT_FULLY", "date": "2027-03-01"}
        for absent in (name, "practices/there-is-none"):
            self.assertEqual(f"There is no {absent}.", self.refused(
                "RESOURCE_NOT_FOUND", self.barcelona, "LibraryService/RecordUptake", name=absent,
                uptake=uptake, etag="r1"))
        told = self.refused("RESOURCE_IN_USE", self.officer, "LibraryService/DeleteTopic",
                            name="topics/epidemics")
        self.assertNotIn("isfahan-secret", told)

    def everything(self, client):
        """All that searches and lists tell a caller."""
        asked = [dict(query=query) for query in
                 ("canary", "can*", "金丝雀", "\"the canary sings\"", "epidemics", "kitchens*", "Xi'an",
                  "Isfahan canary")]
        asked += [dict(query="canary", cities=["cities/isfahan"]),
                  dict(query="canary", topics=["topics/epidemics"]), dict(query="canary", language="en")]
        answers = [client.call("SearchService/Search", **each) for each in asked]
        lists = [dict(), dict(city="cities/isfahan"), dict(topic="topics/epidemics")]
        return answers + [client.call("LibraryService/ListPractices", **each) for each in lists]

    def log_of(self, client):
        try:
            return json.dumps(client.call("ChangeService/SyncChanges", page_size=1000))
        except grpc.RpcError:
            return ""

    def test_a_practice_that_is_withdrawn_from_a_city_is_found_by_it_no_more(self):
        name = self.share(self.xian, "xian-note", KITCHENS, visibility="VISIBILITY_PARTIES",
                          parties=["cities/barcelona"])
        self.assertEqual(self.found(self.barcelona, "kitchens"), [name])
        self.assertEqual(self.found(self.florence, "kitchens"), [])
        self.xian.call("LibraryService/UpdatePractice", practice={
            "name": name, "parties": ["cities/florence"]}, update_mask="parties")
        self.assertEqual(self.found(self.barcelona, "kitchens"), [])
        self.assertEqual(self.found(self.florence, "kitchens"), [name])
        self.xian.call("LibraryService/DeletePractice", name=name)
        self.assertEqual(self.found(self.florence, "kitchens"), [])

    def test_a_session_is_found_by_its_parties_once_it_is_promised(self):
        session = self.officer.call("SessionService/CreateSession", session={
            "kind": "KIND_WORKING_MEETING", "title": texts(en="Zebra talks"), "host": "cities/isfahan",
            "start_time": {"local_time": f"{time.localtime().tm_year + 1}-03-02T10:00",
                           "time_zone": "Asia/Tehran"}, "duration": "3600s",
            "delegations": [{"city": "cities/isfahan"}, {"city": "cities/barcelona"}]})["name"]
        self.assertEqual(self.found(self.officer, "zebra"), [session])
        self.assertEqual(self.found(self.barcelona, "zebra"), [])
        self.officer.call("SessionService/ConfirmSession", name=session)
        self.assertEqual(self.found(self.barcelona, "zebra"), [session])
        self.assertEqual(self.found(self.florence, "zebra"), [])
        self.assertEqual(self.found(self.administrator, "zebra"), [])  # whom it is shown masked

    def test_an_initiative_is_its_citys_until_it_is_published(self):
        name = self.officer.call("LibraryService/SubmitInitiative", initiative_id="twin-gardens", initiative={
            "title": texts(en="Twin gardens"), "proposal": texts(en="A garden of roses in each city."),
            "city": "cities/isfahan", "submitter": "Friends of Florence", "sector": "SECTOR_CIVIC",
            "contact": "friends@florence.example", "topics": ["topics/water"]})["name"]
        self.assertEqual(self.found(self.florence, "roses"), [])
        self.officer.call("LibraryService/ModerateInitiative", name=name, state="STATE_PUBLISHED")
        self.assertEqual(self.found(self.florence, "roses"), [name])
        shown = self.florence.call("LibraryService/GetInitiative", name=name)
        self.assertNotIn("contact", shown)
        self.officer.call("DirectoryService/CreateOrganization", organization_id="gardeners", organization={
            "display_name": texts(en="Gardeners"), "city": "cities/florence"})
        for _ in range(2):
            supported = self.florence.call("LibraryService/SupportInitiative", name=name,
                                           organization="organizations/gardeners")
        self.assertEqual(supported["supporters"], ["organizations/gardeners"])
        self.refused("ACTION_FORBIDDEN", self.barcelona, "LibraryService/SupportInitiative", name=name,
                     organization="organizations/gardeners")
        self.refused("WRONG_STATE", self.officer, "LibraryService/ModerateInitiative", name=name,
                     state="STATE_REFUSED")

    def test_a_query_that_is_none_is_refused(self):
        for query in ("\"", "*", "* " * 400, "\"" * 999, "a*", "x" * 1001, "*" * 10000):
            self.refused("INVALID_FIELD", self.barcelona, "SearchService/Search", query=query)

    @unittest.skipUnless(len(sys.argv) > 2, "needs neshast")
    def test_the_command_line_shares_finds_and_takes_up(self):
        self.neshast("xian", "practice", "add", "--id", "xian-kitchens", "--topic", "epidemics",
                     "--visibility", "public", "--title", "en=Neighbourhood kitchens",
                     "--title", "zh=社区食堂", "--summary", "en=Cooked by volunteers.")
        told = self.neshast("barcelona", "search", "epidemias", "--kind", "practice")
        self.assertIn("practices/xian-kitchens", told)
        self.assertIn("Topics: epidemics 1", told)
        self.assertIn("[社区食堂]", self.neshast("barcelona", "search", "社区食堂"))
        self.neshast("florence", "practice", "uptake", "xian-kitchens", "--date", "2027-03-01",
                     "--extent", "partly")
        self.assertIn("Taken up by Florence, 2027-03-01, partly.",
                      self.neshast("barcelona", "practice", "show", "xian-kitchens"))
        self.neshast("xian", "practice", "update", "xian-kitchens", "--visibility", "partners")
        self.assertIn("partners", self.neshast("barcelona", "practice", "list"))
        self.assertIn("epidemics", self.neshast("barcelona", "topic", "list"))

    def neshast(self, city, *arguments):
        run = subprocess.run([CLI, *arguments], capture_output=True, text=True, timeout=60, env={
            "NESHAST_SERVER": self.server.address, "HOME": str(self.server.data),
            "NESHAST_TOKEN": self.secrets[f"secretary-{city}"]})
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        return run.stdout


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    CLI = sys.argv.pop(1) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    unittest.main()
