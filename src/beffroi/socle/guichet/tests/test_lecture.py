"""Le temps de composer une page : chaque calcul une fois, aucune écriture, aucun souvenir après."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.guichet.lecture import (
    UneLecture,
    en_une_lecture,
    lecture,
    lu_ensemble,
    lu_une_fois,
    voisines,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def compter():
    """Rend le nombre de fois où le calcul a eu lieu."""
    fois = []

    @lu_une_fois
    def _compter(sujet: object, **options: object) -> int:
        fois.append(sujet)
        return len(fois)

    return _compter


def test_dans_une_lecture_chaque_calcul_se_fait_une_fois(compter):
    with lecture():
        assert [compter("toiture", le=1), compter("toiture", le=1)] == [1, 1]
        assert compter("toiture", le=2) == 2


def test_hors_d_une_lecture_tout_se_relit(compter):
    assert [compter("toiture"), compter("toiture")] == [1, 2]


def test_une_lecture_ne_se_souvient_pas_de_la_precedente(compter):
    with lecture():
        compter("toiture")
    with lecture():
        assert compter("toiture") == 2


def test_une_page_qui_en_compose_une_autre_continue_la_meme_lecture(compter):
    with lecture():
        compter("toiture")
        with lecture():
            assert compter("toiture") == 1
        assert compter("toiture") == 1


def test_une_lecture_interrompue_s_oublie(compter):
    with pytest.raises(ZeroDivisionError), lecture():
        compter(1 // 0)

    assert [compter("toiture"), compter("toiture")] == [1, 2]


def test_deux_exemplaires_de_la_meme_ligne_ne_se_confondent_pas(compter):
    """Un acte a pu changer l'un sans l'autre ; une ligne pas encore gardée n'a pas même de clé."""
    with lecture():
        assert [compter(Tache(pk=1)), compter(Tache(pk=1)), compter(Tache())] == [1, 2, 3]


def test_une_lecture_n_a_qu_un_instant():
    with lecture():
        premier = maintenant()
        with lecture():
            assert maintenant() == premier
        assert maintenant() == premier

    assert maintenant() > premier


@pytest.mark.parametrize(
    ("methode", "fois"), [("get", [1, 1]), ("head", [1, 1]), ("post", [1, 2]), ("put", [1, 2])]
)
def test_une_vue_ne_lit_d_un_pas_que_pour_montrer(compter, rf, methode, fois):
    """Celle qui reçoit écrit : elle doit relire ce qu'elle a changé."""
    dites = []

    @en_une_lecture
    def vue(request):
        dites.extend([compter("toiture"), compter("toiture")])
        return HttpResponse()

    vue(getattr(rf, methode)("/"))

    assert dites == fois


@pytest.mark.parametrize(
    "ecrire",
    [
        lambda: Tache.objects.bulk_create(
            [Tache(chemin="x", creee_le=maintenant(), pas_avant=maintenant())]
        ),
        lambda: Tache.objects.filter(pk=1).update(file="autre"),
        lambda: Tache.objects.filter(pk=1)._raw_delete("default"),
    ],
    ids=["ajouter", "changer", "effacer"],
)
def test_une_page_qui_se_compose_n_ecrit_rien(ecrire):
    with lecture(), pytest.raises(RuntimeError, match="n'écrit rien"):
        ecrire()


def une_tache():
    instant = maintenant()
    Tache.objects.create(chemin="x", arguments={}, creee_le=instant, pas_avant=instant)


def page_qui(compter, *, entre_deux):
    """Une page qui demande deux fois la même chose, et ce qu'elle fait entre les deux."""
    lus = []

    def page(request):
        lus.append(compter("toiture"))
        entre_deux()
        lus.append(compter("toiture"))
        return HttpResponse()

    return UneLecture(page), lus


def test_une_page_que_l_on_demande_se_compose_en_une_lecture(compter, rf):
    page, lus = page_qui(compter, entre_deux=lambda: None)

    page(rf.get("/"))
    page(rf.get("/"))

    assert lus == [1, 1, 2, 2]


def test_une_ecriture_efface_ce_que_la_page_a_lu(compter, rf):
    page, lus = page_qui(compter, entre_deux=une_tache)

    page(rf.get("/"))

    assert lus == [1, 2]


@pytest.mark.moteurs
def test_un_verrou_efface_ce_que_la_page_a_lu(compter, rf):
    def verrouiller():
        with transaction.atomic():
            verrou_nomme(1)
            list(Tache.objects.select_for_update())

    page, lus = page_qui(compter, entre_deux=verrouiller)

    page(rf.get("/"))

    assert lus == [1, 2] if connection.vendor == "postgresql" else [1, 1]


def test_un_envoi_relit_toujours(compter, rf):
    page, lus = page_qui(compter, entre_deux=lambda: None)

    page(rf.post("/"))

    assert lus == [1, 2]


@pytest.fixture
def trois_taches():
    instant = maintenant()
    return [
        Tache.objects.create(chemin=f"f{rang}", arguments={}, creee_le=instant, pas_avant=instant)
        for rang in range(3)
    ]


@pytest.fixture
def noms():
    """Le nom de chaque tâche, relu d'un trait ; les groupes lus sont retenus."""
    groupes = []

    @lu_ensemble
    def _noms(taches: list[Tache]) -> dict[int, str]:
        groupes.append([tache.pk for tache in taches])
        return {tache.pk: tache.chemin for tache in taches}

    _noms.groupes = groupes
    return _noms


def test_la_premiere_demande_lit_pour_ses_voisines(noms, trois_taches):
    with lecture():
        voisines(trois_taches)
        assert [noms(tache) for tache in trois_taches] == ["f0", "f1", "f2"]

    assert noms.groupes == [[tache.pk for tache in trois_taches]]


def test_sans_voisines_chacune_se_lit_une_fois(noms, trois_taches):
    with lecture():
        assert [noms(tache) for tache in [*trois_taches, *trois_taches]] == 2 * ["f0", "f1", "f2"]

    assert noms.groupes == [[tache.pk] for tache in trois_taches]


def test_hors_d_une_lecture_les_voisines_ne_s_attendent_pas(noms, trois_taches):
    voisines(trois_taches)
    assert [noms(tache) for tache in trois_taches] == ["f0", "f1", "f2"]
    assert len(noms.groupes) == 3


def test_un_groupe_plus_petit_remplace_le_premier_pour_ce_qui_suit(noms, trois_taches):
    with lecture():
        voisines(trois_taches)
        voisines(trois_taches[1:])
        assert noms(trois_taches[1]) == "f1"

    assert noms.groupes == [[tache.pk for tache in trois_taches[1:]]]


def test_une_ecriture_oublie_ce_que_les_voisines_ont_lu(noms, trois_taches, rf):
    def page(_):
        voisines(trois_taches)
        noms(trois_taches[0])
        Tache.objects.filter(pk=trois_taches[0].pk).update(chemin="autre")
        noms(trois_taches[0])
        return HttpResponse()

    UneLecture(page)(rf.get("/"))

    assert noms.groupes == [[tache.pk for tache in trois_taches], [trois_taches[0].pk]]
