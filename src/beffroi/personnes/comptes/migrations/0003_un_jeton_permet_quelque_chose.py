from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0002_portees_des_jetons")]
    operations = [
        migrations.AddConstraint(
            "jetondapi",
            models.CheckConstraint(name="un_jeton_permet_quelque_chose", condition=~models.Q(portees=[])),
        ),
    ]
