"""Noter quand un adhérent a reçu son appel : une date juste, seule ou en liste, jamais à moitié."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.tests.gestes import ligne, mener, sans_insecables, sous_convention
from beffroi.centre.tarif.rules.reception import lire, peut_etre_recu
from beffroi.personnes.comptes.tests.personnes import connecter

FEVRIER = datetime(2027, 2, 20, 9, tzinfo=UTC)
EMIS_LE, AUJOURD_HUI = date(2027, 1, 4), date(2027, 2, 20)


@pytest.mark.article("CCP", "R. 2192-10")
@pytest.mark.parametrize(
    ("le", "favorable"),
    [
        (EMIS_LE, True),
        (date(2027, 1, 3), False),
        (AUJOURD_HUI, True),
        (date(2027, 2, 21), False),
    ],
)
def test_un_appel_se_recoit_entre_son_emission_et_aujourd_hui(le, favorable):
    assert peut_etre_recu(emis_le=EMIS_LE, le=le, aujourd_hui=AUJOURD_HUI).favorable is favorable


def test_un_appel_qui_n_est_pas_emis_ne_se_recoit_pas():
    assert not peut_etre_recu(emis_le=None, le=AUJOURD_HUI, aujourd_hui=AUJOURD_HUI).favorable


@pytest.mark.parametrize(
    ("redite", "favorable"), [(date(2027, 1, 9), True), (date(2027, 1, 10), False)]
)
def test_une_date_notee_se_redit_mais_ne_change_plus(redite, favorable):
    decision = peut_etre_recu(
        emis_le=EMIS_LE, le=redite, aujourd_hui=AUJOURD_HUI, deja=date(2027, 1, 9)
    )

    assert decision.favorable is favorable


@pytest.mark.parametrize(
    "ligne",
    [
        "C-2027-0031;12/02/2027",
        "c-2027-0031\t2027-02-12",
        '"C-2027-0031","12/02/2027"',
        "C-2027-0031 12/02/2027",
    ],
)
def test_une_ligne_se_lit_comme_un_tableur_ou_une_personne_l_ecrit(ligne):
    (dite,) = lire("appel;reçu le\n" + ligne)

    assert (dite.rang, dite.numero, dite.le) == (2, "C-2027-0031", date(2027, 2, 12))


@pytest.mark.parametrize("ligne", ["C-2027-0031", "C-2027-0031;hier", "C-2027-0031;31/02/2027"])
def test_une_ligne_sans_date_qui_existe_est_une_faute_et_non_une_ligne_sautee(ligne):
    (dite,) = lire(ligne)

    assert (dite.le, bool(dite.faute)) == (None, True)


# ---------------------------------------------------------------- les écrans


@pytest.fixture
def trois(fanny, olivier, grille, monkeypatch):
    """Trois appels émis le 4 janvier ; nous sommes le 20 février."""
    monkeypatch.setattr("beffroi.centre.contributions.views.receptions.maintenant", lambda: FEVRIER)
    siens = [sous_convention(rang) for rang in (1, 2, 3)]
    mener(
        2027, "figer", "simuler", "preparer", "valider", "emettre", par=fanny, ordonnateur=olivier
    )
    return siens


@pytest.fixture
def client(fanny):
    return connecter(Client(), fanny)


LISTE = "/cdg/contributions/2027/receptions/"


def recues() -> list[date | None]:
    return list(Contribution.objects.order_by("numero").values_list("recue_le", flat=True))


@pytest.mark.django_db
def test_noter_une_reception_donne_l_echeance_trente_jours_apres(client, trois):
    adresse = f"/cdg/contributions/2027/{ligne(trois[0]).reference}/"

    reponse = client.post(f"{adresse}reception/", {"le": "2027-02-01"})

    assert reponse.status_code == 302
    page = sans_insecables(client.get(adresse).content.decode())
    assert "Reçu le 1er février 2027, à payer avant le 3 mars 2027 inclus" in page


@pytest.mark.django_db
@pytest.mark.parametrize("le", ["2027-02-21", "2027-01-03", "hier"])
def test_une_date_future_ou_d_avant_l_emission_est_refusee_a_l_ecran(client, trois, le):
    reponse = client.post(
        f"/cdg/contributions/2027/{ligne(trois[0]).reference}/reception/", {"le": le}
    )

    assert (reponse.status_code, recues()) == (422, [None, None, None])


@pytest.mark.moteurs
@pytest.mark.django_db
def test_une_liste_collee_se_note_en_une_fois(client, trois):
    client.post(LISTE, {"liste": "C-2027-0001;10/02/2027\nC-2027-0003;11/02/2027"})

    assert recues() == [date(2027, 2, 10), None, date(2027, 2, 11)]
    assert "Réceptions attendues : 1 sur 3" in sans_insecables(client.get(LISTE).content.decode())


@pytest.mark.django_db
def test_un_fichier_de_windows_se_lit_aussi(client, trois):
    octets = "numéro;reçu le\r\nC-2027-0002;10/02/2027\r\n".encode("cp1252")

    client.post(LISTE, {"fichier": SimpleUploadedFile("receptions.csv", octets)})

    assert recues() == [None, date(2027, 2, 10), None]


@pytest.mark.django_db
def test_une_liste_fausse_ne_note_rien_et_dit_chaque_ligne_a_corriger(client, trois):
    fautes = (
        "C-2027-0009;10/02/2027\nC-2027-0002;21/02/2027\nC-2027-0003\nC-2027-0001;01/02/2027\n"
        "C-2027-0001;02/02/2027"
    )

    reponse = client.post(LISTE, {"liste": "C-2027-0001;01/02/2027\n" + fautes})

    dites = [
        faute for faute in reponse.context["form"].errors["liste"] if faute.startswith("Ligne")
    ]
    assert [faute.split()[1].rstrip(",") for faute in dites] == ["2", "3", "4", "6"]
    assert (reponse.status_code, recues()) == (422, [None, None, None])


@pytest.mark.django_db
def test_une_liste_vide_le_dit(client, trois):
    assert client.post(LISTE, {"liste": " "}).status_code == 422
