from __future__ import annotations

import pytest

from purport.read.language import surely_not_english

# ruff: noqa: E501 - each text on one line
OTHERS = {
    "ar": "قالت وزيرة الإعلام مارا دنك إن التقرير غير صحيح وإن أحدا لم يسألها عنه قبل نشره. وأضافت أن الوزارة سترد على جميع الأسئلة. ",
    "fa": "وزیر اطلاع‌رسانی مارا دنک گفت که این گزارش نادرست است و هیچ‌کس پیش از انتشار از او نپرسیده است. او افزود که وزارتخانه پاسخ می‌دهد. ",
    "ru": "Министр информации Мара Денк сказала, что сообщение ложное и что никто не спрашивал её об этом до публикации. ",
    "uk": "Міністерка інформації Мара Денк сказала, що повідомлення є хибним і що ніхто не питав її про це до публікації. ",
    "he": "שרת ההסברה מארה דנק אמרה כי הדיווח שגוי וכי איש לא שאל אותה עליו לפני שפורסם. היא הוסיפה כי המשרד ישיב. ",
    "zh": "信息部长玛拉登克表示，这一报道是错误的，在发表之前没有人向她询问过。她补充说，该部将回答所有问题。" * 2,
    "fr": "La ministre de l'Information, Mara Denk, a déclaré que le rapport était faux et que personne ne l'avait consultée. ",
    "es": "La ministra de Información, Mara Denk, dijo que el informe era falso y que nadie le había preguntado antes. ",
    "de": "Die Ministerin für Information, Mara Denk, sagte, dass der Bericht falsch sei und niemand sie gefragt habe. ",
    "tr": "Enformasyon Bakanı Mara Denk, haberin yanlış olduğunu ve yayımlanmadan önce kimsenin kendisine sormadığını söyledi. ",
}
ENGLISH = (
    "The minister, Mara Denk, said that the report was false and that nobody had asked her before it was printed. "
)
NAMES = "Šarūnas Žukauskaitė-Dvořák, Þórgunnur Guðjónsdóttir and Wałęsa Çağlayan Öztürk told Große Überseezeitung that "


@pytest.mark.parametrize("code", sorted(OTHERS))
def test_other_languages_are_told(code: str) -> None:
    assert surely_not_english(OTHERS[code] * 4) == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH * 3,
        (NAMES + "they had not been there. ") * 4,
        OTHERS["fr"] * 3 + ENGLISH * 3,
        OTHERS["zh"] * 2 + ENGLISH * 3,
        OTHERS["ru"],
        "",
        "1234 " * 200,
    ],
    ids=["english", "names", "half french", "half chinese", "short", "empty", "numbers"],
)
def test_english_mixed_and_short_texts_are_not(text: str) -> None:
    assert surely_not_english(text) is None
