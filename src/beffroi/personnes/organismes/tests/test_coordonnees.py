"""Les coordonnées de l'organisme : qui les change, ce qui s'en garde, ce qui se refuse."""

import pytest

from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import Coordonnees, creer_organisme, decrire_l_organisme
from beffroi.personnes.organismes.tenue import CoordonneesForm
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

CHAMPS = {
    "adresse": "1 place de la Mairie",
    "code_postal": "62960",
    "ville": "Bomy",
    "courriel": "marches@bomy.example",
    "telephone": "03 21 00 00 00",
    "contact_donnees_personnelles": "donnees@bomy.example",
    "service_chorus": "MARCHES",
}


@pytest.fixture
def organisme(db):
    return creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=maintenant()
    )


def decrire(organisme, **champs):
    return decrire_l_organisme(
        organisme=organisme,
        coordonnees=Coordonnees(**champs),
        par=PLATEFORME,
        maintenant=maintenant(),
    )


def test_les_coordonnees_se_gardent_et_le_journal_dit_lesquelles_ont_change(organisme):
    decrire(organisme, **CHAMPS)

    relu = Organisme.objects.get(pk=organisme.pk)
    assert {champ: getattr(relu, champ) for champ in CHAMPS} == CHAMPS
    assert "contact_donnees_personnelles" in Ecriture.objects.get(acte="organisme.decrire").contenu


def test_redire_les_memes_coordonnees_n_ecrit_rien(organisme):
    decrire(organisme, **CHAMPS)
    decrire(organisme, **CHAMPS)

    assert Ecriture.objects.filter(acte="organisme.decrire").count() == 1


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("code_postal", "6296"),
        ("code_postal", "Bomy"),
        ("courriel", "marches"),
        ("telephone", "12"),
        ("telephone", "0"),
    ],
)
def test_une_coordonnee_mal_ecrite_se_refuse_en_une_phrase(champ, valeur):
    form = CoordonneesForm({**CHAMPS, champ: valeur})

    assert list(form.errors) == [champ]


@pytest.mark.parametrize(
    "telephone", ["03 21 00 00 00", "03.21.00.00.00", "0321000000", "+33 3 21 00 00 00", ""]
)
def test_un_telephone_francais_s_ecrit_de_plusieurs_facons(telephone):
    assert CoordonneesForm({**CHAMPS, "telephone": telephone}).is_valid()
