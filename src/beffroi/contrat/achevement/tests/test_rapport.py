"""Le rapport de présentation :
composé de ce que la plateforme sait, complété, gardé par versions, communiqué.
"""

import io
from datetime import timedelta

import odfdo
import pytest

from beffroi.choix.attribution.tests.scene import AVANTAGES, MOTIF
from beffroi.contrat.achevement import ecrans, queries, redaction, services
from beffroi.contrat.achevement.suite import etape_du_rapport
from beffroi.contrat.achevement.tests.scene import RENONCE, SIGNE_LE
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from formats.document import Paragraphe, phrase

pytestmark = pytest.mark.django_db
LE = SIGNE_LE + timedelta(days=1)


def etablir(conclu, *, le=LE, **dits):
    textes = {**redaction.deja_dits(conclu.consultation, le=le), **dits}
    return services.etablir_le_rapport(
        consultation=conclu.consultation, complements=textes, par=conclu.martine, maintenant=le
    )


def lu(cle: str) -> str:
    texte = odfdo.Document(io.BytesIO(b"".join(stockage().lire(cle)))).get_formatted_text()
    for typographique, tape in (
        ("\N{NARROW NO-BREAK SPACE}", " "),
        ("\N{NO-BREAK SPACE}", " "),
        ("’", "'"),
    ):
        texte = texte.replace(typographique, tape)
    return " ".join(texte.split())


@pytest.mark.article("CCP", "R. 2184-2")
def test_il_dit_le_titulaire_et_pourquoi_les_rejets_et_pourquoi_les_renonciations(conclu):
    texte = lu(etablir(conclu).odt)

    assert "Atelier du Faîtage" in texte and "41 250" in texte
    assert MOTIF in texte and AVANTAGES in texte
    assert RENONCE in texte
    assert texte.count("Votre planning est plus long de trois semaines.") == 2


@pytest.mark.article("CCP", "R. 2184-3")
def test_ce_que_la_personne_dit_s_y_lit_et_le_vide_s_ecrit_neant(conclu):
    texte = lu(
        etablir(
            conclu, conflits="Un évaluateur s'est retiré : son frère dirige une des entreprises."
        ).odt
    )

    assert "son frère dirige une des entreprises" in texte
    # Un texte en gras puis un autre : l'espace qui les sépare n'est pas rendue par la lecture.
    assert "Le chiffre d'affaires exigé.Néant." in texte.replace("exigé. ", "exigé.")


def test_avant_toute_decision_l_apercu_ne_dit_aucun_rejet(conclu):
    a_venir = factories.consultation(
        limite=LE + timedelta(days=30), organisme_=conclu.consultation.organisme
    )

    apercu = ecrans.apercu(a_venir, le=LE)

    rejets = next(c for c in apercu.chapitres if c.titre.startswith("Les offres non retenues"))
    assert rejets.blocs == (Paragraphe(phrase(redaction.RIEN)),)


def test_une_version_ne_change_plus_et_la_suivante_reprend_ce_qui_etait_dit(conclu):
    premier = etablir(conclu, etudes="Le bureau d'études ne répond pas.")
    avant = premier.sha256_pdf
    second = etablir(conclu, le=LE + timedelta(hours=1), autres="Rien de plus.")
    premier.refresh_from_db()

    assert (premier.sha256_pdf, premier.version, second.version) == (avant, 1, 2)
    assert second.etudes == "Le bureau d'études ne répond pas."


def test_exige_il_attend_puis_se_relit(conclu):
    assert etape_du_rapport(conclu.consultation, le=LE).attend
    etablir(conclu)

    assert etape_du_rapport(conclu.consultation, le=LE).phrase == "Version 1 établie."


@pytest.mark.moteurs
@pytest.mark.article("CCP", "R. 2184-6")
def test_la_commission_le_demande_et_l_envoi_se_note(conclu):
    rapport = etablir(conclu)
    envoi = services.Envoi("commission", LE.date(), demandee_le=LE.date())
    services.noter_la_communication(rapport=rapport, envoi=envoi, par=conclu.martine, maintenant=LE)

    assert [
        e.destinataire for e in queries.rapports_de(conclu.consultation)[0].communications.all()
    ] == ["commission"]
    sans_nom = services.Envoi("autre", LE.date())
    with pytest.raises(RegleEnfreinte, match="quelle autorité"):
        services.noter_la_communication(
            rapport=rapport, envoi=sans_nom, par=conclu.martine, maintenant=LE
        )
