#!/usr/bin/env python3
"""Isfahan proposes three slots to Xi'an and Havana: links, answers, reminders, the decision.

proposals_test.py PATH_OF_NESHASTD
"""
import datetime
import hashlib
import hmac
import itertools
import sys
import time
import unittest
import uuid
import zlib

import grpc

from reflected import Client, bad_fields, detail, reason
from served import Served, slot

SERVER = None
CANARY = "canary-7f3a"
BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def crc_text(text):
    number, digits = zlib.crc32(text.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    return digits


def link_of(id, secret):
    body = f"nst_inv_{id}_{secret}"
    return body + crc_text(body)


def derived(key, target, person, generation):
    """The secret that the mail has: HMAC-SHA256 over fields with their lengths, in base 36 and 62."""
    def bytes_of():
        for block in itertools.count():
            fields = ["link", target, person, str(generation), str(block)]
            text = "".join(f"{len(field)}:{field}" for field in fields)
            yield from hmac.new(key, text.encode(), hashlib.sha256).digest()
    source = bytes_of()

    def letters(length, alphabet):
        usable = (byte for byte in source if byte < 256 - 256 % alphabet)
        return "".join(BASE62[byte % alphabet] for byte in itertools.islice(usable, length))
    return link_of(letters(10, 36), letters(32, 62))


class Proposals(unittest.TestCase):
    """The officer of Isfahan, secretaries of Xi'an, Havana and Dakar, and who holds links."""

    @classmethod
    def setUpClass(cls):
        cls.server = Served(cls.addClassCleanup, SERVER)
        cls.server.start()
        cls.officer, cls.administrator = (cls.server.client(who)
                                          for who in ("officer", "administrator"))
        cities = ("isfahan", "xian", "havana", "dakar")
        cls.server.fill(cities=cities, people=[f"mayor-of-{city}" for city in cities])
        cls.officer.call("DirectoryService/CreatePerson", person_id="aide-of-xian", person={
            "own_name": "Li Wei", "latin_name": "Li Wei", "city": "cities/xian"})
        cls.xian, cls.havana, cls.dakar = (cls.enroll(city) for city in cities[1:])
        cls.key = bytes.fromhex((cls.server.data / "link.key").read_text())
        cls.slots = itertools.count(step=2)
        cls.link_clients = []
        cls.addClassCleanup(lambda: [client.close() for client in cls.link_clients])

    @classmethod
    def enroll(cls, city):
        cls.administrator.call("AccessService/CreatePrincipal", principal_id=f"secretary-{city}", principal={
            "display_name": city, "role": "ROLE_DELEGATION_SECRETARY", "city": f"cities/{city}"})
        token = cls.administrator.call("AccessService/CreateToken",
                                       token={"principal": f"principals/secretary-{city}"})
        client = Client(cls.server.address, token["secret"])
        cls.addClassCleanup(client.close)
        return client

    def holder_of(self, secret):
        self.link_clients.append(Client(self.server.address, secret))
        return self.link_clients[-1]

    def invitee(self, proposal, person, generation=1):
        return self.holder_of(derived(self.key, proposal["name"], f"people/{person}", generation))

    def proposal(self):
        reply_by = datetime.datetime.utcnow() + datetime.timedelta(days=5)
        return {"kind": "KIND_MAYORS_DIALOGUE", "title": {"texts": {"en": "Mayors' dialogue"}},
                "host": "cities/isfahan", "duration": "3600s",
                "delegations": [{"city": f"cities/{city}", "required_people": [f"people/mayor-of-{city}"]}
                                for city in ("isfahan", "xian", "havana")],
                "slots": [{"start_time": slot(next(self.slots))} for _ in range(3)],
                "reply_by_time": reply_by.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "recipients": [{"person": f"people/{person}"}
                               for person in ("mayor-of-xian", "aide-of-xian", "mayor-of-havana")]}

    def sent(self):
        draft = self.officer.call("ProposalService/CreateProposal", proposal=self.proposal())
        return self.officer.call("ProposalService/SendProposal", name=draft["name"])

    def answer(self, client, proposal, said, **more):
        return client.call("ProposalService/AnswerProposal", name=proposal["name"], answers=[
            {"slot_id": id, "answer": f"ANSWER_{word}", "remark": more.get("remark", "")}
            for id, word in said.items()],
            **{key: each for key, each in more.items() if key != "remark"})

    def refusal(self, client, path, **request):
        with self.assertRaises(grpc.RpcError) as caught:
            client.call(path, **request)
        return caught.exception

    def refused(self, why, client, path, **request):
        error = self.refusal(client, path, **request)
        self.assertEqual(reason(error), why, error)
        return error.details()

    def held(self):
        return {hold["name"] for hold in self.server.pages("SessionService/ListHolds", "holds")}

    def test_a_dialogue_is_proposed_answered_by_both_ways_and_decided(self):
        before = self.held()
        proposal = self.sent()
        name = proposal["name"]
        self.assertEqual(len(self.held() - before), 3)
        mayor = self.invitee(proposal, "mayor-of-xian")
        self.assertEqual(mayor.call("AccessService/GetCaller")["role"], "ROLE_INVITEE")
        seen = mayor.call("ProposalService/GetProposal", name=name)
        self.assertEqual([burden["city"] for burden in seen["slots"][0]["burdens"]],
                         ["cities/isfahan", "cities/xian", "cities/havana"])
        self.answer(mayor, proposal, {"s1": "NO", "s2": "YES", "s3": "IF_NEED_BE"},
                    remark="The mayor is abroad until the 14th.")
        self.answer(self.havana, proposal, {"s2": "YES"}, person="people/mayor-of-havana")
        mayor.call("ProposalService/CounterPropose", name=name, remark="In the afternoon?",
                   start_time={"local_time": slot(900)["local_time"], "time_zone": "Asia/Shanghai"})
        nudged = self.officer.call("ProposalService/NudgeProposal", name=name)
        self.assertEqual(nudged["people"], ["people/aide-of-xian", "people/mayor-of-havana"])
        again = self.officer.call("ProposalService/NudgeProposal", name=name)
        self.assertNotIn("people", again)
        whole = self.officer.call("ProposalService/GetProposal", name=name)
        self.assertEqual(whole["slots"][1]["counts"], {"yes": 2, "awaited": 1})
        self.assertEqual(len(whole["answers"]), 4)

        decided = self.officer.call("ProposalService/DecideProposal", name=name, slot_id="s2",
                                    etag=whole["etag"])
        self.assertEqual(len(self.held() - before), 1)
        session = decided["session"]
        self.refused("RESOURCE_NOT_FOUND", self.xian, "SessionService/GetSession", name=session)
        blocked = dict(self.proposal(), slots=[{"start_time": proposal["slots"][1]["start_time"]}])
        self.assertIn("by a hold", self.refused(
            "PERSON_BOOKED", self.officer, "ProposalService/CreateProposal", proposal=blocked))
        blocked["slots"] = [{"start_time": proposal["slots"][0]["start_time"]}]
        self.officer.call("ProposalService/CreateProposal", proposal=blocked, validate_only=True)
        self.officer.call("SessionService/ConfirmSession", name=session)
        self.assertEqual(self.held(), before)
        self.assertNotIn("hold", self.xian.call("SessionService/GetSession", name=session))
        self.refused("WRONG_STATE", self.officer, "ProposalService/DecideProposal", name=name, slot_id="s1")
        closed = self.refusal(mayor, "ProposalService/AnswerProposal", name=name, answers=[
            {"slot_id": "s1", "answer": "ANSWER_YES"}])
        self.assertEqual(reason(closed), "PROPOSAL_CLOSED")

    def test_a_link_gives_one_proposal_to_one_person_and_nothing_else(self):
        proposal, other = self.sent(), self.sent()
        mayor = self.invitee(proposal, "mayor-of-xian")
        self.assertEqual([each["name"] for each in mayor.call(
            "ProposalService/ListProposals", city="cities/xian")["proposals"]], [proposal["name"]])
        self.refused("RESOURCE_NOT_FOUND", mayor, "ProposalService/GetProposal", name=other["name"])
        self.refused("INVALID_FIELD", mayor, "ProposalService/AnswerProposal", name=proposal["name"],
                     person="people/aide-of-xian", answers=[{"slot_id": "s1", "answer": "ANSWER_YES"}])
        for path, request in (("DirectoryService/GetCity", dict(name="cities/xian")),
                              ("DirectoryService/ListPeople", {}),
                              ("SessionService/ListSessions", dict(city="cities/xian")),
                              ("ChangeService/SyncChanges", {}),
                              ("AccessService/CreateToken", dict(token={"principal": "principals/officer"})),
                              ("ProposalService/WithdrawProposal", dict(name=proposal["name"])),
                              ("ProposalService/RenewLink", dict(name=proposal["name"],
                                                                 person="people/mayor-of-xian"))):
            with self.subTest(path):
                self.refused("ACTION_FORBIDDEN", mayor, path, **request)
        with self.assertRaises(grpc.RpcError) as caught:
            list(mayor.stream("ChangeService/WatchChanges"))
        self.assertEqual(reason(caught.exception), "ACTION_FORBIDDEN")

    def test_no_principal_can_be_made_an_invitee(self):
        error = self.refusal(self.administrator, "AccessService/CreatePrincipal", principal_id="guest",
                             principal={"display_name": "G", "role": "ROLE_INVITEE", "city": "cities/xian"})
        self.assertEqual(bad_fields(error), ["principal.role"])
        error = self.refusal(self.administrator, "AccessService/UpdatePrincipal", update_mask="role",
                             principal={"name": "principals/secretary-xian", "role": "ROLE_INVITEE",
                                        "display_name": "X", "city": "cities/xian"})
        self.assertEqual(bad_fields(error), ["principal.role"])

    def test_a_replaced_or_revoked_link_says_what_became_of_it(self):
        proposal = self.sent()
        whose = dict(name=proposal["name"], person="people/mayor-of-xian")
        look = lambda generation: self.refusal(
            self.invitee(proposal, "mayor-of-xian", generation), "AccessService/GetCaller")
        old = self.invitee(proposal, "mayor-of-xian")
        old.call("AccessService/GetCaller")
        renewed = self.officer.call("ProposalService/RenewLink", **whose)
        self.assertNotIn("secret_digest", renewed)
        self.refused("LINK_ENDED", old, "AccessService/GetCaller")
        self.assertIn("replaced by a newer one", look(1).details())
        self.invitee(proposal, "mayor-of-xian", 2).call("ProposalService/GetProposal", name=proposal["name"])
        self.officer.call("ProposalService/RevokeLink", **whose)
        self.assertIn("revoked", look(2).details())

    def test_guesses_beside_real_links_and_proposals_are_answered_alike(self):
        """T4 of the threat model: nothing is learnt by guessing."""
        proposal = self.sent()
        secret = derived(self.key, proposal["name"], "people/mayor-of-xian", 1)
        id, rest = secret.removeprefix("nst_inv_").split("_")
        beside = lambda text, i: text[:i] + BASE62[(BASE62.index(text[i]) + 1) % 36] + text[i + 1:]
        body = lambda error: (error.code(), error.details(), error.trailing_metadata())
        stranger = self.holder_of("nst_pat_none")
        expected = body(self.refusal(stranger, "AccessService/GetCaller"))
        ids = [beside(id, i) for i in range(10)] + [id] * 32
        secrets = [rest[:32]] * 10 + [beside(rest, i) for i in range(32)]
        guesses = [link_of(*guess) for guess in zip(ids, secrets)]
        guesses += [secret[:-1], secret.swapcase(), secret.replace("_inv_", "_pat_"), "nst_inv_"]
        for guess in guesses:
            with self.subTest(guess):
                self.assertEqual(body(self.refusal(self.holder_of(guess), "AccessService/GetCaller")),
                                 expected)

        name = proposal["name"]
        key = name.removeprefix("proposals/")
        names = [name] + ["proposals/" + beside(key, i) for i in range(len(key))]
        holder = self.invitee(self.sent(), "mayor-of-xian")
        for client in (self.dakar, holder):
            for path in ("ProposalService/GetProposal", "ProposalService/AnswerProposal"):
                more = {} if path.endswith("GetProposal") else dict(
                    answers=[{"slot_id": "s1", "answer": "ANSWER_YES"}])
                told = {str(body(self.refusal(client, path, name=each, **more))).replace(each, "NAME")
                        for each in names if each}
                self.assertEqual(len(told), 1, told)

    def test_a_city_sees_counts_and_nothing_that_another_city_said(self):
        position = {client: client.call("ChangeService/SyncChanges", page_size=1000)["next_sync_token"]
                    for client in (self.xian, self.havana, self.dakar)}
        watches = self.havana.stream("ChangeService/WatchChanges", sync_token=position[self.havana])
        proposal = self.sent()
        name = proposal["name"]
        mayor = self.invitee(proposal, "mayor-of-xian")
        self.answer(mayor, proposal, {"s1": "YES", "s2": "NO"}, remark=CANARY)
        answered = mayor.call("ProposalService/CounterPropose", name=name, remark=CANARY,
                              start_time=slot(950))
        self.assertIn(CANARY, str(answered))
        self.assertIn(CANARY, str(self.xian.call("ProposalService/GetProposal", name=name)))
        elsewhere = self.invitee(proposal, "mayor-of-havana")
        told = [client.call("ProposalService/GetProposal", name=name) for client in (self.havana, elsewhere)]
        told += [client.call("ProposalService/ListProposals", city=city)
                 for client in (self.havana, elsewhere, self.dakar)
                 for city in ("cities/xian", "cities/havana", "cities/isfahan")]
        told.append(self.answer(elsewhere, proposal, {"s1": "NO"}))
        for client in (self.havana, self.dakar):
            told.append(client.call("ChangeService/SyncChanges", sync_token=position[client], page_size=1000))
        for change in watches:
            told.append(change)
            counts = change.get("change", {}).get("proposal", {}).get("slots", [{}])[0].get("counts", {})
            if counts.get("no") == 1:
                break
        for answer in told:
            for secret in (CANARY, "mayor-of-xian", "aide-of-xian", "mayor-of-isfahan", "holds/"):
                self.assertNotIn(secret, str(answer))
        seen = told[0]
        self.assertEqual(seen["slots"][0]["counts"], {"yes": 1, "awaited": 2})
        self.assertEqual(seen["delegations"], [{"city": "cities/isfahan"}, {"city": "cities/xian"}, {
            "city": "cities/havana", "required_people": ["people/mayor-of-havana"]}])
        self.assertNotIn(name, str(self.dakar.call(
            "ChangeService/SyncChanges", sync_token=position[self.dakar], page_size=1000)))

    def test_a_draft_is_the_hosts_own_affair(self):
        position = self.xian.call("ChangeService/SyncChanges", page_size=1000)["next_sync_token"]
        draft = self.officer.call("ProposalService/CreateProposal", proposal=self.proposal())
        self.refused("RESOURCE_NOT_FOUND", self.xian, "ProposalService/GetProposal", name=draft["name"])
        listed = self.xian.call("ProposalService/ListProposals", city="cities/xian", page_size=1000)
        self.assertNotIn(draft["name"], str(listed))
        withdrawn = self.officer.call("ProposalService/WithdrawProposal", name=draft["name"], reason="Illness")
        self.assertEqual(withdrawn["state"], "STATE_WITHDRAWN")
        self.assertNotIn("changes", self.xian.call("ChangeService/SyncChanges", sync_token=position))

    def test_an_answer_sent_twice_is_given_once(self):
        proposal = self.sent()
        mayor = self.invitee(proposal, "mayor-of-xian")
        twice = dict(request_id=str(uuid.uuid4()))
        first = self.answer(mayor, proposal, {"s1": "YES"}, **twice)
        self.assertEqual(self.answer(mayor, proposal, {"s1": "YES"}, **twice), first)
        self.refused("REQUEST_ID_REUSED", mayor, "ProposalService/AnswerProposal", name=proposal["name"],
                     answers=[{"slot_id": "s1", "answer": "ANSWER_NO"}], **twice)

    def test_every_bad_field_of_a_proposal_is_named_at_once(self):
        bad = self.proposal()
        bad["slots"][1] = bad["slots"][0]
        bad["reply_by_time"] = "2020-01-01T00:00:00Z"
        bad["recipients"].append({"person": "people/mayor-of-dakar"})
        error = self.refusal(self.officer, "ProposalService/CreateProposal", proposal=bad)
        self.assertEqual(set(bad_fields(error)), {
            "proposal.slots[1].start_time", "proposal.reply_by_time", "proposal.recipients[3].person"})


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main()
