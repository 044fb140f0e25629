"""La consultation école :
le récit avance seul, s'arrête aux stagiaires, et n'existe nulle part ailleurs.
"""

import shutil
from datetime import timedelta

import pytest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.questions import services as questions
from beffroi.publicite.questions.services import Projet
from beffroi.publicite.retraits.queries import retraits_de
from beffroi.reponse.depots.models import Pli
from beffroi.service.essai import classe
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.tests.test_services import MARTINE
from tests.semis import plante

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_l_ecole(settings, tmp_path):
    settings.ESPACE, settings.DONNEES, settings.FACTEUR_DE_L_ECOLE = "ecole", tmp_path, 10**9
    settings.STOCKAGE = {**settings.STOCKAGE, "dossier": tmp_path / "fichiers"}
    stockage.cache_clear()
    yield settings
    stockage.cache_clear()


@pytest.fixture(scope="module")
def ecole(tmp_path_factory):
    """Les fichiers de l'école jouée, et la clé de ses robots : chaque test en prend une copie."""
    return tmp_path_factory.mktemp("ecole")


@pytest.fixture
def jouee(a_l_ecole, ecole, tmp_path):
    a_l_ecole.DONNEES = ecole
    plante(("école", ecole), jouer, le=horloge.maintenant())
    a_l_ecole.DONNEES = shutil.copytree(ecole, tmp_path / "ecole")
    return classe.en_cours()


def jouer():
    classe.commencer(le=horloge.maintenant())
    for _ in classe.RECIT:
        classe.avancer(horloge.maintenant())


def test_le_recit_se_joue_en_entier_et_s_arrete_aux_stagiaires(jouee):
    assert [montree.faite_le is not None for montree in jouee.etapes] == [True] * len(classe.RECIT)
    assert jouee.est_aux_stagiaires and not jouee.est_finie


def test_trois_reponses_a_temps_dont_une_remplacee_et_une_en_retard(jouee):
    plis = Pli.objects.filter(consultation=jouee.consultation).order_by("recu_le")

    assert [(pli.equipe.nom, pli.hors_delai) for pli in plis] == [
        ("Atelier du Faîtage", False),
        ("Zingueurs de la Lys", False),
        ("Atelier du Faîtage", False),
        ("Couvertures Belle-Étoile", True),
    ]
    assert plis[2].remplace == plis[0]


def test_la_question_a_sa_reponse_et_les_retraits_leur_registre(jouee):
    question = jouee.consultation.questions.get()

    assert question.reponse.publiee_le == jouee.etapes[3].faite_le
    assert not question.hors_delai
    assert [retrait.retirant is not None for retrait in retraits_de(jouee.consultation)] == [
        True,
        False,
    ]


def test_une_question_deja_repondue_par_un_stagiaire_le_reste(a_l_ecole):
    classe.commencer(le=horloge.maintenant())
    for _ in classe.RECIT[:3]:
        classe.avancer(horloge.maintenant())
    consultation = classe.en_cours().consultation
    repondue = Projet(
        question_publique="Qui ?",
        texte="Vous.",
        suite="non",
        motif_sans_changement="Le règlement le dit.",
    )
    geste = {
        "question": consultation.questions.get(),
        "par": MARTINE,
        "maintenant": horloge.maintenant(),
    }
    questions.preparer_la_reponse(**geste, projet=repondue)
    questions.publier_la_reponse(**geste, relue=False)

    classe.avancer(horloge.maintenant())

    assert consultation.questions.get().reponse.texte == "Vous."


def test_apres_le_recit_l_heure_va_au_pas_de_tous(jouee):
    avant, reel = horloge.maintenant(), horloge.heure_reelle()

    assert avant > jouee.consultation.date_limite_remise
    assert (horloge.maintenant() - avant) <= (horloge.heure_reelle() - reel) + timedelta(seconds=1)


def test_la_ronde_n_avance_pas_avant_l_heure(a_l_ecole):
    a_l_ecole.FACTEUR_DE_L_ECOLE = 1
    classe.commencer(le=horloge.maintenant())

    classe.avancer(horloge.maintenant())

    assert not Pli.objects.exists()


def test_seuls_les_stagiaires_ont_un_mot_de_passe_et_il_est_tire_ici(jouee):
    ouverts = {u.courriel for u in Utilisateur.objects.all() if u.has_usable_password()}
    helene = Utilisateur.objects.get(courriel="helene@bomy.example")

    assert ouverts == {"martine@bomy.example", "helene@bomy.example", "bernard@bomy.example"}
    assert not helene.check_password("beffroi en pas de calais")


def test_hors_de_l_ecole_rien_ne_se_joue(settings, tmp_path):
    settings.DONNEES = tmp_path

    classe.avancer(horloge.maintenant())
    with pytest.raises(Introuvable):
        classe.commencer(le=horloge.maintenant())
    assert not Pli.objects.exists()


def test_a_l_ecole_on_n_entre_que_par_le_jeton_de_la_plateforme(a_l_ecole, client):
    jeton = classe.jeton_pour("agent")

    assert client.get("/ecole/").status_code == 404
    assert client.post("/ecole/commencer/").status_code == 404
    assert client.get("/ecole/entrer/invente/").status_code == 404
    assert client.get(f"/ecole/entrer/{jeton}/").url == "/ecole/"
    assert "Commencer une classe" in client.get("/ecole/").content.decode()


def test_le_code_du_stagiaire_suit_l_heure_reelle(jouee):
    from beffroi.service.essai.ports import classe as personnages

    reelle, revee = (
        personnages().acces(heure_reelle=h)[0].code
        for h in (horloge.heure_reelle(), horloge.maintenant())
    )

    assert len(reelle) == 6 and reelle != revee
