"""Les balises du portail : ce qu'elles écrivent, au signe près."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.utils import get_app_template_dirs

from beffroi.faces.portail.templatetags import sommes
from beffroi.faces.portail.templatetags.beffroi import SIGNES

INSECABLE = "\N{NO-BREAK SPACE}"
MIDI = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)


def rendre(source: str, **contexte: object) -> str:
    return Template("{% load beffroi %}" + source).render(Context(contexte))


def test_un_moment_se_lit_en_toutes_lettres_et_par_une_machine():
    rendu = rendre("{% moment m %}", m=MIDI)

    assert rendu == (
        f'<time datetime="2027-01-12T12:00:00+01:00">mardi 12{INSECABLE}janvier 2027 à 12:00:00 '
        "(heure de Paris)</time>"
    )


def test_un_moment_exact_garde_ses_millisecondes():
    rendu = rendre('{% moment m "exacte" %}', m=MIDI.replace(microsecond=412_000))

    assert 'datetime="2027-01-12T12:00:00.412+01:00"' in rendu
    assert "12:00:00,412" in rendu


def test_dans_une_liste_les_secondes_nulles_se_taisent_et_les_autres_se_disent():
    assert "à 12:00</time>" in rendre('{% moment m "liste" %}', m=MIDI)
    assert "à 12:00:07</time>" in rendre('{% moment m "liste" %}', m=MIDI.replace(second=7))


def test_une_heure_limite_tait_ses_secondes_nulles_et_garde_son_fuseau():
    assert f"mardi 12{INSECABLE}janvier 2027 à 12:00 (heure de Paris)</time>" in rendre(
        '{% moment m "limite" %}', m=MIDI
    )
    assert rendre("{{ m|heure_limite }}", m=MIDI) == "12:00"
    assert rendre("{{ m|echeance:m }}", m=MIDI) == "12:00"
    assert rendre("{{ m|heure_limite }}", m=MIDI.replace(second=7)) == "12:00:07"


def test_un_etat_est_un_signe_un_mot_puis_une_couleur():
    rendu = rendre('{% etat "ok" "Reçu et vérifié" %}')

    assert rendu.index("#i-ok") < rendu.index("Reçu et vérifié")
    assert 'class="etat etat-ok"' in rendu
    assert 'aria-hidden="true"' in rendu


def test_un_mot_d_etat_est_echappe():
    assert "&lt;script&gt;" in rendre('{% etat "ok" mot %}', mot="<script>")


@pytest.mark.parametrize(
    "source",
    [
        '{% icone "licorne" %}',
        '{% etat "rose" "x" %}',
        '{% moment m "vague" %}',
        '{% banniere "rose" "x" %}{% endbanniere %}',
    ],
)
def test_un_nom_inconnu_arrete_le_gabarit(source):
    with pytest.raises(TemplateSyntaxError):
        rendre(source, m=MIDI)


def test_chaque_ton_ecrit_dans_un_gabarit_existe():
    pages = (Path(dossier) for dossier in get_app_template_dirs("templates"))
    ecrits = {
        ton
        for dossier in pages
        for page in dossier.rglob("*.html")
        for ton in re.findall(r'{% etat "(\w*)"', page.read_text("utf-8"))
    }

    assert ecrits and ecrits <= SIGNES.keys()


def test_une_empreinte_se_lit_par_groupes_de_huit():
    rendu = rendre("{% empreinte e %}", e=bytes.fromhex("78ad5b96" * 8))

    assert rendu == '<code class="empreinte">' + " ".join(["78ad5b96"] * 8) + "</code>"


def test_le_sceau_a_soixante_quatre_traits_et_le_meme_pour_la_meme_empreinte():
    en_octets = rendre("{% sceau e %}", e=bytes.fromhex("78ad5b96" * 8))
    en_texte = rendre("{% sceau e %}", e="78ad5b96" * 8)

    assert en_octets == en_texte
    assert en_octets.split('d="')[1].split('"')[0].count("M") == 64


def test_une_banniere_garde_son_contenu_et_echappe_son_titre():
    rendu = rendre(
        '{% banniere "danger" titre %}<p>Suite</p>{% endbanniere %}', titre="Rien n'est <déposé>"
    )

    assert "Rien n’est &lt;déposé&gt;" in rendu
    assert "<p>Suite</p>" in rendu


def test_le_cadran_a_l_heure_servie_a_paris():
    rendu = rendre("{% cadran m %}", m=datetime(2027, 1, 8, 9, 26, 31, tzinfo=UTC))

    assert 'd="M12 12L8.3 8.6M12 12L15.2 19.1"' in rendu


def test_la_minuterie_compte_les_minutes_qui_restent():
    rendu = rendre("{% minuterie l m %}", l=MIDI, m=MIDI - timedelta(minutes=17, seconds=53))

    restantes = rendu.split('data-minuterie-reste d="')[1].split('"')[0]
    assert restantes.count("M") == 18
    assert restantes.startswith("M434 24")
    assert 'd="M425 25H604"' in rendu
    assert "minuterie-loin" not in rendu


def test_a_plus_d_une_heure_la_minuterie_ne_presse_pas():
    assert "minuterie-loin" in rendre("{% minuterie l m %}", l=MIDI, m=MIDI - timedelta(hours=2))


def test_apres_l_heure_limite_la_minuterie_est_vide():
    rendu = rendre("{% minuterie l m %}", l=MIDI, m=MIDI + timedelta(seconds=1))

    assert 'data-minuterie-reste d=""' in rendu


def test_taille_duree_et_typographie():
    rendu = rendre(
        "{{ 1200000|taille }} {{ d|duree }} {{ t|typo }}", d=timedelta(seconds=112), t="Où ?"
    )

    assert rendu == f"1,2{INSECABLE}Mo 1{INSECABLE}min 52{INSECABLE}s Où{INSECABLE}?"


def test_changer_de_page_garde_les_filtres(rf):
    rendu = rendre(
        "{% parametres r page=3 %}", r=rf.get("/consultations/", {"q": "toit & mur", "page": "2"})
    )

    assert rendu == "?q=toit+%26+mur&amp;page=3"


def test_un_nom_compose_ne_se_coupe_pas_et_reste_echappe():
    assert rendre("{{ t|sans_coupure }}", t="le Pas-de-Calais <b>") == (
        'le <span class="insec">Pas-de-Calais</span> &lt;b&gt;'
    )


def test_un_premier_du_mois_se_lit_1er_et_une_date_qui_manque_ne_se_lit_pas():
    assert rendre("{{ valeur|jour_civil }}", valeur=date(2027, 1, 1)) == "1er janvier 2027"
    assert rendre('{{ valeur|jour_civil|default:"–" }}', valeur=None) == "–"


@pytest.mark.parametrize(
    ("lu", "dit"),
    [(Decimal("12.345"), "12,35 €"), (Decimal("0.005"), "0,01 €"), (None, "–"), ("", "–")],
)
def test_un_montant_lu_se_dit_au_centime_et_son_absence_est_un_tiret(lu, dit):
    assert sommes.somme_lue(lu).replace("\xa0", " ").replace("\u202f", " ") == dit
