"""SMSC.ru: `POST sys/send.php`, answers in JSON (`fmt=3`), HTTP 200 even for errors.

Error codes (smsc.ru/api/http/send): 1 parameters, 2 login, 3 no money, 4 address blocked for a while, 5 date, 6 text or sender
forbidden, 7 phone, 8 cannot be delivered, 9 the same request again within a minute.
"""

from __future__ import annotations

import aiohttp

from services.ports.sms import SmsRefused, SmsTrouble

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
REPEATED = 9
TEMPORARY = {2, 3, 4}  # the account's own state: our people mend it, the message waits


class SmscGateway:
    """`url` ends with a slash (`https://smsc.ru/`); `sender` is the agreed name or empty."""

    def __init__(self, url: str, login: str, password: str, sender: str, http: aiohttp.ClientSession) -> None:
        self._url = url.rstrip("/") + "/sys/send.php"
        self._account = {"login": login, "psw": password} | ({"sender": sender} if sender else {})
        self._http = http

    async def send(self, phone: str, text: str, number: int) -> None:
        form = {
            **self._account,
            "phones": phone,
            "mes": text,
            "id": str(number),
            "fmt": "3",
            "charset": "utf-8",
            "tinyurl": "0",
        }
        try:
            async with self._http.post(self._url, data=form, timeout=TIMEOUT) as response:
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as trouble:
            raise SmsTrouble(type(trouble).__name__) from trouble
        if not isinstance(answer, dict) or not {"id", "error_code"} & answer.keys():
            raise SmsTrouble(
                "unreadable answer"
            )  # of a balancer, or of a gateway in trouble: nothing says that it was taken
        code = answer.get("error_code")
        if code is None or code == REPEATED:  # repeated: the first one was taken, its answer was lost
            return
        if code in TEMPORARY:
            raise SmsTrouble(f"error {code}")
        raise SmsRefused(f"error {code}")
