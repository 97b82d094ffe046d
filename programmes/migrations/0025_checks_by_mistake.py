"""A check that was recorded by mistake stays, and counts for nothing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0024_search_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mistake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.TextField(help_text='For colleagues. Name no persons.')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verification', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mistake', to='programmes.verification', verbose_name='check')),
            ],
            options={
                'verbose_name': 'check recorded by mistake',
                'verbose_name_plural': 'checks recorded by mistake',
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='mistake_why_not_blank', violation_error_message='“why” must not be empty.')],
            },
        ),
    ]
