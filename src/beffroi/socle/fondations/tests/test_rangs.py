"""Ranger des prises sans liste centrale : chacune nomme celle qu'elle suit."""

import pytest

from beffroi.socle.fondations.rangs import Rangee, SansPlace, ranger


def candidatures() -> None: ...
def analyse() -> None: ...
def attribution() -> None: ...
def avis() -> None: ...


def noms(*declarees):
    return [prise.fonction.__name__ for prise in ranger(declarees)]


def test_chacune_vient_juste_apres_celle_qu_elle_suit():
    rangees = noms(
        ("c", Rangee(attribution, apres="b.analyse")),
        ("b", Rangee(analyse, apres="a.candidatures")),
        ("a", Rangee(candidatures, apres="")),
    )

    assert rangees == ["candidatures", "analyse", "attribution"]


def test_deux_qui_suivent_la_meme_gardent_l_ordre_des_contextes():
    rangees = noms(
        ("a", Rangee(candidatures, apres="")),
        ("b", Rangee(analyse, apres="a.candidatures")),
        ("c", Rangee(attribution, apres="a.candidatures")),
        ("d", Rangee(avis, apres="b.analyse")),
    )

    assert rangees == ["candidatures", "analyse", "avis", "attribution"]


@pytest.mark.parametrize("suivie", ["z.inconnue", "b.analyse"])
def test_suivre_ce_qui_n_existe_pas_ou_soi_meme_se_refuse(suivie):
    with pytest.raises(SansPlace, match=suivie):
        noms(("a", Rangee(candidatures, apres="")), ("b", Rangee(analyse, apres=suivie)))


def test_un_nom_ne_se_declare_pas_deux_fois():
    with pytest.raises(SansPlace, match=r"a\.analyse"):
        noms(("a", Rangee(analyse, apres="")), ("a", Rangee(analyse, apres="")))
