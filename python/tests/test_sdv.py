"""A quick-start of SDV moves with three changed lines."""

from __future__ import annotations

from pathlib import Path

import pytest

pandas = pytest.importorskip("pandas")

from understudy.sdv import Metadata, MultiTableSynthesizer, Synthesizer  # noqa: E402


@pytest.fixture
def guests() -> object:
    return pandas.DataFrame(
        [
            {
                "guest_email": f"guest{n}@example.org",
                "room_type": ["BASIC", "DELUXE", "SUITE"][n * n % 3],
                "nights": 1 + n % 9,
                "rate": 100 + n % 50 / 2,
                "checkin_date": f"2024-0{1 + n % 9}-11",
            }
            for n in range(800)
        ]
    ).astype({"checkin_date": "datetime64[ns]"})


def test_the_quick_start(guests: object) -> None:
    metadata = Metadata.detect_from_dataframe(guests)
    metadata.update_column("guest_email", sdtype="email", pii=True)
    metadata.set_primary_key("guest_email")
    synthesizer = Synthesizer(metadata, epsilon=3)
    with pytest.raises(RuntimeError, match="call fit"):
        synthesizer.sample(5)
    synthesizer.fit(guests)
    synthetic = synthesizer.sample(num_rows=500)
    assert len(synthetic) == 500 and list(synthetic) == list(guests)
    assert str(synthetic["nights"].dtype).lower() == "int64"  # Int64 where nights are missing.
    for name in ("rate", "checkin_date", "room_type"):
        assert synthetic[name].dtype == guests[name].dtype
    assert not set(synthetic["guest_email"]) & set(guests["guest_email"])
    assert set(synthetic["room_type"].dropna()) <= {"BASIC", "DELUXE", "SUITE", "other"}
    assert len(synthesizer.sample()) == synthesizer.release.rows
    assert (synthesizer.save("handed-over") / "manifest.json").exists()


def test_metadata_of_sdv_is_taken_as_a_dict_or_file(guests: object) -> None:
    import json

    content = {
        "METADATA_SPEC_VERSION": "SINGLE_TABLE_V1",
        "columns": {
            "room_type": {"sdtype": "categorical"},
            "nights": {"sdtype": "numerical", "computer_representation": "Int64"},
        },
    }
    Path("metadata.json").write_text(json.dumps(content))
    assert Metadata.load_from_json("metadata.json").to_dict() == content
    synthesizer = Synthesizer(content, epsilon=1, output="release")
    synthesizer.fit(guests[["room_type", "nights"]])
    assert str(synthesizer.sample(10)["nights"].dtype) in ("int64", "Int64")
    assert Path("release/manifest.json").exists()


TIMES = {"columns": {"checkin_date": {"sdtype": "datetime", "datetime_format": "%d %b %Y"}}}


@pytest.mark.parametrize(
    "content",
    [
        {"METADATA_SPEC_VERSION": "SINGLE_TABLE_V1", **TIMES},
        {"METADATA_SPEC_VERSION": "V1", "tables": {"guests": TIMES}},
    ],
)
def test_times_are_written_as_the_metadata_says(guests: object, content: object) -> None:
    synthesizer = Synthesizer(content, epsilon=3)
    synthesizer.fit(guests[["checkin_date"]])
    made = synthesizer.sample(50)["checkin_date"]
    assert made.dtype == guests["checkin_date"].dtype and made.notna().any()


def test_metadata_of_several_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="2 tables"):
        Metadata({"tables": {"a": {"columns": {}}, "b": {"columns": {}}}}).update_column("x")


def family(number: int) -> dict[str, object]:
    """Guests and their stays."""
    guests = [{"guest_id": n, "tier": "ABC"[n % 3], "age": 20 + n % 50} for n in range(number)]
    stays = [
        {
            "stay_id": 10 * n + stay,
            "guest_id": n,
            "room": ["BASIC", "SUITE"][(n + stay) % 2],
            "checkin": f"2024-0{1 + (n + stay) % 9}-11",
        }
        for n in range(number)
        for stay in range(1 + n % 4)
    ]
    frame = pandas.DataFrame(stays).astype({"checkin": "datetime64[ns]"})
    return {"guests": pandas.DataFrame(guests), "stays": frame}


def test_the_quick_start_of_several_tables() -> None:
    data = family(600)
    metadata = Metadata.detect_from_dataframes(data)
    metadata.set_primary_key("guest_id", table_name="guests")
    metadata.set_primary_key("stay_id", table_name="stays")
    metadata.add_relationship("guests", "stays", "guest_id", "guest_id")
    synthesizer = MultiTableSynthesizer(metadata, epsilon=5)
    with pytest.raises(RuntimeError, match="call fit"):
        synthesizer.sample()
    synthesizer.fit(data)
    synthetic = synthesizer.sample(scale=0.5)
    guests, stays = synthetic["guests"], synthetic["stays"]
    assert len(guests) == round(0.5 * synthesizer.release.persons)
    assert list(guests) == list(data["guests"]) and list(stays) == list(data["stays"])
    assert set(stays["guest_id"]) <= set(guests["guest_id"])
    assert stays["checkin"].dtype == data["stays"]["checkin"].dtype
    assert stays["checkin"].notna().any()  # The form of the frame is that of the metadata.
    assert (synthesizer.save("handed-over") / "manifest.json").exists()


def test_links_are_between_tables_that_are_there() -> None:
    metadata = Metadata.detect_from_dataframes(family(5))
    with pytest.raises(ValueError, match="no table 'rooms'"):
        metadata.add_relationship("rooms", "stays", "id", "room")
    assert metadata.to_dict()["relationships"] == []
