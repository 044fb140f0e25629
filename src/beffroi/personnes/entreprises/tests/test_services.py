"""S'inscrire pour une entreprise, être confirmé, la quitter."""

from datetime import UTC, datetime

import pytest

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises import services
from beffroi.personnes.entreprises.models import Entreprise, Etablissement, Membre
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 2, 9, tzinfo=UTC)
SIRET = "73282932000074"


def personne(nom: str):
    return creer_utilisateur(courriel=f"{nom.lower()}@exemple.fr", nom=nom, maintenant=LUNDI)


def inscrire(utilisateur, identifiant: str = SIRET, pays: str = "FR") -> Membre:
    return services.inscrire_membre(
        identifiant_etablissement=identifiant,
        nom="Atelier du Faîtage",
        pays=pays,
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=LUNDI,
    )


def test_la_premiere_personne_d_un_etablissement_est_confirmee_d_office():
    assert inscrire(personne("Sophie")).confirme_le == LUNDI


def test_la_deuxieme_attend_un_collegue():
    inscrire(personne("Sophie"))

    assert inscrire(personne("Kevin")).confirme_le is None


def test_un_collegue_confirme_et_le_journal_le_retient():
    sophie, kevin = personne("Sophie"), personne("Kevin")
    inscrire(sophie)

    membre = services.confirmer_membre(membre=inscrire(kevin), par=sophie.acteur, maintenant=LUNDI)

    assert membre.confirme_le == LUNDI
    assert Ecriture.objects.get(acte="membre.confirmer").acteur_reference == sophie.reference


def test_s_inscrire_deux_fois_ne_cree_qu_une_appartenance():
    sophie = personne("Sophie")

    assert inscrire(sophie) == inscrire(sophie)


def test_deux_etablissements_d_un_siren_sont_une_entreprise():
    inscrire(personne("Sophie"), "73282932000074")
    inscrire(personne("Kevin"), "73282932000082")

    assert (Entreprise.objects.count(), Etablissement.objects.count()) == (1, 2)
    assert Entreprise.objects.get().identifiant == "732829320"


def test_le_siret_se_saisit_avec_des_espaces():
    assert inscrire(personne("Sophie"), "732 829 320 00074").etablissement.identifiant == SIRET


def test_un_siret_faux_ne_cree_rien():
    with pytest.raises(RegleEnfreinte, match="un chiffre est faux"):
        inscrire(personne("Sophie"), "73282932000075")

    assert not Entreprise.objects.exists()


def test_une_entreprise_belge_est_connue_par_sa_tva():
    membre = inscrire(personne("Lucas"), "BE 0403.170.701", "BE")

    assert membre.etablissement.entreprise.nature == Entreprise.Nature.UNION
    assert membre.etablissement.identifiant == "BE0403170701"


def test_le_meme_numero_dans_deux_pays_fait_deux_entreprises():
    inscrire(personne("Amy"), "12345678", "GB")
    inscrire(personne("Urs"), "12345678", "CH")

    assert Entreprise.objects.count() == 2


def test_quitter_l_etablissement_puis_revenir_demande_une_nouvelle_confirmation():
    sophie, kevin = personne("Sophie"), personne("Kevin")
    inscrire(sophie)
    services.detacher_membre(membre=inscrire(kevin), par=kevin.acteur, maintenant=LUNDI)

    assert inscrire(kevin).confirme_le is None
    assert Membre.objects.filter(utilisateur=kevin).count() == 2


def test_on_ne_confirme_pas_une_personne_partie():
    sophie, kevin = personne("Sophie"), personne("Kevin")
    inscrire(sophie)
    parti = services.detacher_membre(membre=inscrire(kevin), par=kevin.acteur, maintenant=LUNDI)

    with pytest.raises(ConflitEtat):
        services.confirmer_membre(membre=parti, par=sophie.acteur, maintenant=LUNDI)
