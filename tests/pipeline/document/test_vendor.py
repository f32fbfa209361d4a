"""Who the vendor of a document is, where no label names it."""

from __future__ import annotations

import pytest

from pipeline.document.origin.vendor import VendorHints, VendorName, VendorSource, find_vendor


def _told(
    lines: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    properties: tuple[tuple[str, str], ...] = (),
    filled: bool = True,
) -> VendorHints:
    return VendorHints((), lines, names, properties, filled)


@pytest.mark.parametrize(
    ("told", "vendor", "guessed"),
    [
        (_told(("© 2026 株式会社からくり堂",)), "株式会社からくり堂", False),
        (_told(("Copyright (C) 2026 Karakuri, Inc. All rights reserved.",)), "Karakuri, Inc.", False),
        (_told(("© 2026 からくり堂㈱", "© 2026 株式会社カラクリ堂")), "からくり堂㈱", False),
        (_told(("© 株式会社からくり堂", "© 株式会社べつの店")), None, False),
        (_told(("© 株式会社からくり堂",), filled=False), None, False),
        (_told(names=("からくり堂株式会社 点検表",)), "からくり堂株式会社", False),
        (_told(("© べつの店株式会社",), ("からくり堂株式会社",)), "べつの店株式会社", False),
        (_told(("株式会社からくり堂",)), "株式会社からくり堂", True),
        (_told(("株式会社からくり堂", "べつの店株式会社")), None, False),
        (_told(("株式会社からくり堂", "べつの店株式会社　御中")), "株式会社からくり堂", True),
        (_told(("べつの店株式会社 御中",)), None, False),
        (_told(("べつの店株式会社　情報システム部　様式第1号",)), None, False),
        (_told(("当社は株式会社からくり堂の子会社です",)), None, False),
        (_told(properties=(("company", "からくり堂株式会社"),)), "からくり堂株式会社", True),
        (_told(properties=(("author", "tanaka"), ("company", "Microsoft"))), None, False),
        (_told(("べつの店（株）御中",), properties=(("company", "べつの店株式会社"),)), None, False),
        (_told(properties=(("company", "A株式会社"), ("author", "B株式会社"))), None, False),
        (_told(), None, False),
    ],
)  # fmt: skip
def test_the_vendor_without_a_label(told: VendorHints, vendor: str | None, guessed: bool) -> None:
    found = find_vendor(told)
    assert (found.name, found.is_guess) == (vendor, guessed)


def test_a_service_that_names_its_maker_outranks_the_footer() -> None:
    told = VendorHints(("からくり帳（からくり堂株式会社）",), ("© べつの店株式会社",), (), (), True)
    assert find_vendor(told) == VendorName("からくり堂株式会社", VendorSource.SERVICE)
