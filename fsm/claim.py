"""A claim as it is told: only what makes sense for the contract is asked, and each answer can be changed from the summary (G2)."""

from __future__ import annotations

from fsm.accident import take_cars, take_dispute, take_fixation, take_injured, take_insured
from fsm.claim_answers import (
    begin_participant,
    finish_participant,
    take_certificates,
    take_circumstances,
    take_contract,
    take_event,
    take_outside,
    take_participants,
    take_phone,
    take_photos,
    take_place,
    take_registration,
    take_story,
    take_time,
    take_when,
    take_wish,
)
from fsm.claim_draft import (
    ClaimDraft,
    asks_certificates,
    asks_circumstances,
    asks_compensation,
    asks_event,
    asks_insured,
    asks_participants,
    asks_parties,
    asks_place,
    asks_protocol,
    asks_registration,
    asks_time,
    is_outside,
)
from fsm.flow import FLOWS, Flow, Step, Sub
from fsm.participant import PARTICIPANT

CLAIM = FLOWS.add(
    Flow(
        "claim",
        ClaimDraft,
        brief=True,
        steps=(
            Step("contract", take_contract, answered=lambda d: d.contract is not None),
            Step("event", take_event, when=asks_event, answered=lambda d: bool(d.event)),
            Step("when", take_when, answered=lambda d: d.happened_on is not None),
            Step("outside", take_outside, when=is_outside, answered=lambda d: d.outside == d.happened_on),
            Step("time", take_time, when=asks_time, answered=lambda d: d.happened_at is not None),
            Step("place", take_place, when=asks_place, answered=lambda d: bool(d.place)),
            Step("story", take_story, answered=lambda d: bool(d.story)),
            Step(
                "registration",
                take_registration,
                when=asks_registration,
                answered=lambda d: d.registration in d.registrations,
            ),
            Step("cars", take_cars, when=asks_parties, answered=lambda d: d.cars is not None),
            Step("injured", take_injured, when=asks_parties, answered=lambda d: d.injured is not None),
            Step("insured", take_insured, when=asks_insured, answered=lambda d: bool(d.insured)),
            Step("dispute", take_dispute, when=asks_protocol, answered=lambda d: d.dispute is not None),
            Step("fixation", take_fixation, when=asks_protocol, answered=lambda d: d.fixation is not None),
            Sub(
                "participants",
                PARTICIPANT,
                begin_participant,
                finish_participant,
                take_participants,
                when=asks_participants,
                answered=lambda d: d.listed,
            ),
            Step(
                "certificates",
                take_certificates,
                when=asks_certificates,
                answered=lambda d: d.without_certificates is not None,
            ),
            Step(
                "circumstances", take_circumstances, when=asks_circumstances, answered=lambda d: d.looked_at == d.event
            ),
            Step("compensation", take_wish, when=asks_compensation, answered=lambda d: bool(d.wished)),
            Step("photos", take_photos, answered=lambda d: d.photos),
            Step("phone", take_phone, answered=lambda d: bool(d.phone)),
        ),
    )
)
