"""A session that was held: booked some seconds ahead, since nothing is booked in the past."""
import datetime
import time
import zoneinfo

import grpc

from reflected import reason

TEHRAN = zoneinfo.ZoneInfo("Asia/Tehran")


def held(officer, session, prepare=lambda name: None):
    """The name of `session`, held now; `prepare` is given it once it is confirmed.

    On a slow machine its time may pass before it is confirmed: then it is tried with more."""
    for lead in (3, 10, 40):
        begins = datetime.datetime.now(TEHRAN).replace(microsecond=0) + datetime.timedelta(seconds=lead)
        start = {"local_time": begins.strftime("%Y-%m-%dT%H:%M:%S"), "time_zone": "Asia/Tehran"}
        name = ""
        try:
            name = officer.call("SessionService/CreateSession",
                                session=dict(session, start_time=start))["name"]
            officer.call("SessionService/ConfirmSession", name=name)
            break
        except grpc.RpcError as refused:
            if reason(refused) != "TIME_PASSED":
                raise
            if name:
                officer.call("SessionService/CancelSession", name=name)
    prepare(name)
    time.sleep(max(0, begins.timestamp() + 0.1 - time.time()))
    officer.call("SessionService/CloseSession", name=name)
    return name
